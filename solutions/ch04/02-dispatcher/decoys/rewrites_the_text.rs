// mistake: puts the name of the method before a text of the handler
// killed by: the_handler_gets_the_call_and_says_the_reply
// says: Hand it on as it is
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
            Status::BAD_ARGUMENTS => {
                let text = format!("{service}.{method}: {}", String::from_utf8_lossy(&reply.body));
                Reply::new(reply.status, text)
            }
            _ => reply,
        }
