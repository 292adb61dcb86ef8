// mistake: says 201 of an unknown service
// killed by: an_unknown_service_is_answered_with_108
// says: The caller dares not ask again
// region: dispatch
        let (service, method) = (invocation.service(), invocation.method());
        let Some(methods) = self.services.get(service) else {
            let text = format!("no service {service}; here: {}", some(self.services.keys()));
            return Reply::new(Status::INTERNAL, text);
        };
        let Some(handler) = methods.get(method) else {
            let text = format!("no method {method} in {service}; there are: {}", some(methods.keys()));
            return Reply::new(Status::UNKNOWN_METHOD, text);
        };
        handler.handle(invocation, &self.marshaller)
