// mistake: compares group and interface, and not the version
// killed by: a_method_is_found_by_service_and_name
// says: group and version
// region: dispatch
        let (service, method) = (invocation.service(), invocation.method());
        let found = self.services.iter().find(|(key, _)| (key.group(), key.interface()) == (service.group(), service.interface()));
        let Some((_, methods)) = found else {
            let text = format!("no service {service}; here: {}", some(self.services.keys()));
            return Reply::new(Status::UNKNOWN_SERVICE, text);
        };
        let Some(handler) = methods.get(method) else {
            let text = format!("no method {method} in {service}; there are: {}", some(methods.keys()));
            return Reply::new(Status::UNKNOWN_METHOD, text);
        };
        handler.handle(invocation, &self.marshaller)
