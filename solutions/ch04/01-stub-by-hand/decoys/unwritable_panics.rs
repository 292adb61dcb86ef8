// mistake: unwraps the arguments' body
// killed by: what_cannot_be_written_is_not_sent
// says: is a value here: an `RpcError`
// region: call
        let body = self.marshaller.write(self.format, arguments).expect("the arguments can be written");
        let invocation = Invocation::new(self.service.clone(), method, body)?;
        let invocation = invocation.accepting(self.format.compressor);
        let reply = self.invoker.invoke(&invocation)?;
        self.result(reply)
