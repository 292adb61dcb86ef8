// mistake: accepts the number of the codec
// killed by: list_orders_makes_its_call
// says: How the answer may be compressed
// region: call
        let body = self.marshaller.write(self.format, arguments).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(self.service.clone(), method, body)?;
        let invocation = invocation.accepting(self.format.codec);
        let reply = self.invoker.invoke(&invocation)?;
        self.result(reply)
