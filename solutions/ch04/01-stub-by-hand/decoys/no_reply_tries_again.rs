// mistake: tries again when no reply came
// killed by: no_reply_is_handed_on_as_it_is
// says: Calls: 2
// region: call
        let body = self.marshaller.write(self.format, arguments).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(self.service.clone(), method, body)?;
        let invocation = invocation.accepting(self.format.compressor);
        let reply = self.invoker.invoke(&invocation).or_else(|_| self.invoker.invoke(&invocation))?;
        self.result(reply)
