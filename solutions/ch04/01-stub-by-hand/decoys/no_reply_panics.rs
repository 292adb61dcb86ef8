// mistake: unwraps the reply
// killed by: no_reply_is_handed_on_as_it_is
// says: The caller decides what to do
// region: call
        let body = self.marshaller.write(self.format, arguments).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(self.service.clone(), method, body)?;
        let invocation = invocation.accepting(self.format.compressor);
        let reply = self.invoker.invoke(&invocation).expect("a reply");
        self.result(reply)
