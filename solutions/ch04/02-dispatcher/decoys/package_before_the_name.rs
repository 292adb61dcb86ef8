// mistake: takes an interface without what stands before the point
// killed by: a_key_that_is_nearly_right_is_unknown
// says: nobody has called it
// region: dispatch
        let (service, method) = (invocation.service(), invocation.method());
        let found = self.services.get(service).or_else(|| {
            let asked = service.to_string();
            self.services.iter().find(|(key, _)| asked.ends_with(&format!(".{key}"))).map(|(_, methods)| methods)
        });
        let Some(methods) = found else {
            let text = format!("no service {service}; here: {}", some(self.services.keys()));
            return Reply::new(Status::UNKNOWN_SERVICE, text);
        };
        let Some(handler) = methods.get(method) else {
            let text = format!("no method {method} in {service}; there are: {}", some(methods.keys()));
            return Reply::new(Status::UNKNOWN_METHOD, text);
        };
        handler.handle(invocation, &self.marshaller)
