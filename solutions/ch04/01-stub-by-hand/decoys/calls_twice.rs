// mistake: sends the call again for its answer
// killed by: place_order_makes_its_call
// says: Each call may place an order
// region: call
        let body = self.marshaller.write(self.format, arguments).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(self.service.clone(), method, body)?;
        let invocation = invocation.accepting(self.format.compressor);
        self.invoker.invoke(&invocation)?;
        let reply = self.invoker.invoke(&invocation)?;
        self.result(reply)
