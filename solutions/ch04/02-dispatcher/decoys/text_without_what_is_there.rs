// mistake: does not say what there is
// killed by: an_unknown_service_is_answered_with_108
// says: The contract has it word by word
// region: dispatch
        let (service, method) = (invocation.service(), invocation.method());
        let Some(methods) = self.services.get(service) else {
            let text = format!("no service {service}");
            return Reply::new(Status::UNKNOWN_SERVICE, text);
        };
        let Some(handler) = methods.get(method) else {
            let text = format!("no method {method} in {service}; there are: {}", some(methods.keys()));
            return Reply::new(Status::UNKNOWN_METHOD, text);
        };
        handler.handle(invocation, &self.marshaller)
