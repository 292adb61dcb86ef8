// mistake: calls the interface, without its group and version
// killed by: say_hello_makes_its_call
// says: group, interface and version
// region: call
        let body = self.marshaller.write(self.format, arguments).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(ServiceKey::parse(self.service.interface())?, method, body)?;
        let invocation = invocation.accepting(self.format.compressor);
        let reply = self.invoker.invoke(&invocation)?;
        self.result(reply)
