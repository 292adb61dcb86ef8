// mistake: takes the method at whose place it would stand
// killed by: an_unknown_method_is_answered_with_102
// says: nobody has called it
// region: dispatch
        let (service, method) = (invocation.service(), invocation.method());
        let Some(methods) = self.services.get(service) else {
            let text = format!("no service {service}; here: {}", some(self.services.keys()));
            return Reply::new(Status::UNKNOWN_SERVICE, text);
        };
        let Some((_, handler)) = methods.range(method.to_owned()..).next() else {
            let text = format!("no method {method} in {service}; there are: {}", some(methods.keys()));
            return Reply::new(Status::UNKNOWN_METHOD, text);
        };
        handler.handle(invocation, &self.marshaller)
