// mistake: tries again when the server is busy
// killed by: a_call_is_sent_once_however_it_ends
// says: A stub asks once
// region: call
        let body = self.marshaller.write(self.format, arguments).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(self.service.clone(), method, body)?;
        let invocation = invocation.accepting(self.format.compressor);
        let mut reply = self.invoker.invoke(&invocation)?;
        if reply.status == Status::BUSY {
            reply = self.invoker.invoke(&invocation)?;
        }
        self.result(reply)
