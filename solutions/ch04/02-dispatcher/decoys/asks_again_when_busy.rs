// mistake: asks a handler again that is busy
// killed by: the_handler_gets_the_call_and_says_the_reply
// says: also when it says that it is busy
// region: dispatch
        let (service, method) = (invocation.service(), invocation.method());
        let found = self.services.get(service);
        let Some(methods) = found else {
            let text = format!("no service {service}; here: {}", some(self.services.keys()));
            return Reply::new(Status::UNKNOWN_SERVICE, text);
        };
        let Some(handler) = methods.get(method) else {
            let text = format!("no method {method} in {service}; there are: {}", some(methods.keys()));
            return Reply::new(Status::UNKNOWN_METHOD, text);
        };
        let reply = handler.handle(invocation, &self.marshaller);
        match reply.status {
            Status::BUSY => handler.handle(invocation, &self.marshaller),
            _ => reply,
        }
