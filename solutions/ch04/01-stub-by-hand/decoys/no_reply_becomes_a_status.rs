// mistake: makes a status of the invoker's error
// killed by: no_reply_is_handed_on_as_it_is
// says: A status is what a server says
// region: call
        let body = self.marshaller.write(self.format, arguments).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(self.service.clone(), method, body)?;
        let invocation = invocation.accepting(self.format.compressor);
        let reply = self
            .invoker
            .invoke(&invocation)
            .unwrap_or_else(|error| Reply::new(Status::INTERNAL, error.to_string()));
        self.result(reply)
