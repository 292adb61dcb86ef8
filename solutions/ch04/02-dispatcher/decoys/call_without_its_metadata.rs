// mistake: makes a new call for the handler
// killed by: the_handler_gets_the_call_and_says_the_reply
// says: hand on the invocation that you got
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
        let again = Invocation::new(service.clone(), method.to_owned(), invocation.arguments.clone());
        handler.handle(again.as_ref().unwrap_or(invocation), &self.marshaller)
