// mistake: tries again until it goes well
// killed by: a_call_is_sent_once_however_it_ends
// says: the end is not in sight
// region: call
        let body = self.marshaller.write(self.format, arguments).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(self.service.clone(), method, body)?;
        let invocation = invocation.accepting(self.format.compressor);
        let mut reply = self.invoker.invoke(&invocation)?;
        while reply.status != Status::OK {
            reply = self.invoker.invoke(&invocation)?;
        }
        self.result(reply)
