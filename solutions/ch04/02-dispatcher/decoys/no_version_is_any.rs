// mistake: takes the service without a version for one of every version
// killed by: an_unknown_service_is_answered_with_108
// says: nobody has called it
// region: dispatch
        let (service, method) = (invocation.service(), invocation.method());
        let any = || self.services.iter().find(|(key, _)| key.as_str() == service.interface()).map(|(_, m)| m);
        let Some(methods) = self.services.get(service).or_else(any) else {
            let text = format!("no service {service}; here: {}", some(self.services.keys()));
            return Reply::new(Status::UNKNOWN_SERVICE, text);
        };
        let Some(handler) = methods.get(method) else {
            let text = format!("no method {method} in {service}; there are: {}", some(methods.keys()));
            return Reply::new(Status::UNKNOWN_METHOD, text);
        };
        handler.handle(invocation, &self.marshaller)
