// mistake: writes with a new marshaller
// killed by: the_stubs_own_marshaller_writes_and_reads
// says: when a body is compressed
// region: call
        let body = Marshaller::default().write(self.format, arguments).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(self.service.clone(), method, body)?;
        let invocation = invocation.accepting(self.format.compressor);
        let reply = self.invoker.invoke(&invocation)?;
        self.result(reply)
