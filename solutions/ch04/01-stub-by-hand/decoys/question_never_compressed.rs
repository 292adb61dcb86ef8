// mistake: sends every question raw
// killed by: place_order_makes_its_call
// says: A long question is compressed
// region: call
        let body = self.marshaller.write(Format { compressor: 0, ..self.format }, arguments).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(self.service.clone(), method, body)?;
        let invocation = invocation.accepting(self.format.compressor);
        let reply = self.invoker.invoke(&invocation)?;
        self.result(reply)
