// mistake: takes the only service, whatever was called
// killed by: an_unknown_service_is_answered_with_108
// says: There is only one service here
// region: dispatch
        let (service, method) = (invocation.service(), invocation.method());
        let only = || self.services.values().next().filter(|_| self.services.len() == 1);
        let Some(methods) = self.services.get(service).or_else(only) else {
            let text = format!("no service {service}; here: {}", some(self.services.keys()));
            return Reply::new(Status::UNKNOWN_SERVICE, text);
        };
        let Some(handler) = methods.get(method) else {
            let text = format!("no method {method} in {service}; there are: {}", some(methods.keys()));
            return Reply::new(Status::UNKNOWN_METHOD, text);
        };
        handler.handle(invocation, &self.marshaller)
