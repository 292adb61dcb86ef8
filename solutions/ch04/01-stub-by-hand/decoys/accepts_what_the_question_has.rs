// mistake: accepts the compressor that the question came out with: none, since it is short
// killed by: get_order_makes_its_call
// says: a short question is sent raw
// region: call
        let body = self.marshaller.write(self.format, arguments).map_err(RpcError::Arguments)?;
        let compressor = body.format.compressor;
        let invocation = Invocation::new(self.service.clone(), method, body)?;
        let invocation = invocation.accepting(compressor);
        let reply = self.invoker.invoke(&invocation)?;
        self.result(reply)
