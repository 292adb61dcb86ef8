// mistake: takes the first method that begins so
// killed by: a_method_is_found_by_service_and_name
// says: Another function ran
// region: dispatch
        let (service, method) = (invocation.service(), invocation.method());
        let Some(methods) = self.services.get(service) else {
            let text = format!("no service {service}; here: {}", some(self.services.keys()));
            return Reply::new(Status::UNKNOWN_SERVICE, text);
        };
        let Some((_, handler)) = methods.iter().find(|(name, _)| method.starts_with(&***name) || name.starts_with(method)) else {
            let text = format!("no method {method} in {service}; there are: {}", some(methods.keys()));
            return Reply::new(Status::UNKNOWN_METHOD, text);
        };
        handler.handle(invocation, &self.marshaller)
