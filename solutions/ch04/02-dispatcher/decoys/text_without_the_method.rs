// mistake: does not say which method was called
// killed by: an_unknown_method_is_answered_with_102
// says: does not say what was called
// region: dispatch
        let (service, method) = (invocation.service(), invocation.method());
        let Some(methods) = self.services.get(service) else {
            let text = format!("no service {service}; here: {}", some(self.services.keys()));
            return Reply::new(Status::UNKNOWN_SERVICE, text);
        };
        let Some(handler) = methods.get(method) else {
            let text = format!("no such method in {service}; there are: {}", some(methods.keys()));
            return Reply::new(Status::UNKNOWN_METHOD, text);
        };
        handler.handle(invocation, &self.marshaller)
