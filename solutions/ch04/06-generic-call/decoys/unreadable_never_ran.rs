// mistake: says of an unreadable answer that nothing was sent
// killed by: an_answer_that_cannot_be_read_keeps_its_status
// says: whoever believes it orders a second time
// region: call
    let body = marshaller.write(FORMAT, arguments).map_err(RpcError::Arguments)?;
    let invocation = Invocation::new(target.service.clone(), target.method.clone(), body)?;
    let reply = invoker.invoke(&invocation.accepting(FORMAT.compressor))?;
    let Reply { status, codec, compressor, body: bytes } = reply;
    if status != Status::OK && status != Status::SERVICE_ERROR {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        return Err(CallError::Remote { status, text }.into());
    }
    let body = Body { format: Format { codec, compressor }, bytes };
    let value = marshaller.read(&body).map_err(RpcError::Arguments)?;
    if status == Status::OK { Ok(value) } else { Err(RpcError::Service(value)) }
