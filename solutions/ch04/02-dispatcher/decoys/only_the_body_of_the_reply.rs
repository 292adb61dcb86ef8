// mistake: hands the body on, and calls it OK
// killed by: the_handler_gets_the_call_and_says_the_reply
// says: What the handler says is the reply
// region: dispatch
        let (service, method) = (invocation.service(), invocation.method());
        let Some(methods) = self.services.get(service) else {
            let text = format!("no service {service}; here: {}", some(self.services.keys()));
            return Reply::new(Status::UNKNOWN_SERVICE, text);
        };
        let Some(handler) = methods.get(method) else {
            let text = format!("no method {method} in {service}; there are: {}", some(methods.keys()));
            return Reply::new(Status::UNKNOWN_METHOD, text);
        };
        Reply::ok(handler.handle(invocation, &self.marshaller).body)
