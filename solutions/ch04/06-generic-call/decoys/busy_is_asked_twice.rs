// mistake: asks again when the server is busy
// killed by: nothing_is_asked_twice
// says: Whoever repeats a call
// region: call
    let body = marshaller.write(FORMAT, arguments).map_err(RpcError::Arguments)?;
    let invocation = Invocation::new(target.service.clone(), target.method.clone(), body)?;
    let invocation = invocation.accepting(FORMAT.compressor);
    let mut reply = invoker.invoke(&invocation)?;
    if reply.status == Status::BUSY {
        reply = invoker.invoke(&invocation)?;
    }
    let Reply { status, codec, compressor, body: bytes } = reply;
    if status != Status::OK && status != Status::SERVICE_ERROR {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        return Err(CallError::Remote { status, text }.into());
    }
    let body = Body { format: Format { codec, compressor }, bytes };
    let value = marshaller.read(&body).map_err(|source| RpcError::Answer { status, source })?;
    if status == Status::OK { Ok(value) } else { Err(RpcError::Service(value)) }
