// mistake: calls OrderService, whichever service it is for
// killed by: get_order_makes_its_call
// says: Which service is called stands in `self.service`
// region: call
        let body = self.marshaller.write(self.format, arguments).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(ServiceKey::parse("OrderService")?, method, body)?;
        let invocation = invocation.accepting(self.format.compressor);
        let reply = self.invoker.invoke(&invocation)?;
        self.result(reply)
