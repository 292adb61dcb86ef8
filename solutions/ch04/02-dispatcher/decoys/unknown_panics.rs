// mistake: indexes the map
// killed by: an_unknown_service_is_answered_with_108
// says: a table that panics takes the thread
// region: dispatch
        let handler = &self.services[invocation.service()][invocation.method()];
        handler.handle(invocation, &self.marshaller)
