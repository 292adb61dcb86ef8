// mistake: asks in the chapter's format, whatever is chosen
// killed by: get_order_makes_its_call
// says: In which format this stub asks stands in `self.format`
// region: call
        let body = self.marshaller.write(ch04_proxy::Proxy::FORMAT, arguments).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(self.service.clone(), method, body)?;
        let invocation = invocation.accepting(self.format.compressor);
        let reply = self.invoker.invoke(&invocation)?;
        self.result(reply)
