// mistake: says of arguments that cannot be written that an answer cannot be read
// killed by: what_cannot_be_written_is_not_sent
// says: The arguments have no body, so there is no call
// region: call
        let body = self.marshaller.write(self.format, arguments).map_err(|source| RpcError::Answer { status: Status::OK, source })?;
        let invocation = Invocation::new(self.service.clone(), method, body)?;
        let invocation = invocation.accepting(self.format.compressor);
        let reply = self.invoker.invoke(&invocation)?;
        self.result(reply)
