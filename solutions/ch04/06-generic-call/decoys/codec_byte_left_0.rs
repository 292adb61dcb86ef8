// mistake: writes JSON, and does not say so
// killed by: a_call_is_an_invocation
// says: The codec byte says how the body is written
// region: call
    let mut body = marshaller.write(FORMAT, arguments).map_err(RpcError::Arguments)?;
    body.format.codec = 0;
    let invocation = Invocation::new(target.service.clone(), target.method.clone(), body)?;
    let reply = invoker.invoke(&invocation.accepting(FORMAT.compressor))?;
    let Reply { status, codec, compressor, body: bytes } = reply;
    if status != Status::OK && status != Status::SERVICE_ERROR {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        return Err(CallError::Remote { status, text }.into());
    }
    let body = Body { format: Format { codec, compressor }, bytes };
    let value = marshaller.read(&body).map_err(|source| RpcError::Answer { status, source })?;
    if status == Status::OK { Ok(value) } else { Err(RpcError::Service(value)) }
