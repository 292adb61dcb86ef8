// mistake: asks again when it cannot read the answer
// killed by: an_answer_that_cannot_be_read_keeps_its_status
// says: 2 calls, where one was to be made
// region: call
    let body = marshaller.write(FORMAT, arguments).map_err(RpcError::Arguments)?;
    let invocation = Invocation::new(target.service.clone(), target.method.clone(), body)?;
    let invocation = invocation.accepting(FORMAT.compressor);
    let reply = invoker.invoke(&invocation)?;
    let body = Body { format: Format { codec: reply.codec, compressor: reply.compressor }, bytes: reply.body.clone() };
    let reply = match marshaller.read::<Value>(&body) {
        Err(_) if reply.status == Status::OK => invoker.invoke(&invocation)?,
        _ => reply,
    };
    let Reply { status, codec, compressor, body: bytes } = reply;
    if status != Status::OK && status != Status::SERVICE_ERROR {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        return Err(CallError::Remote { status, text }.into());
    }
    let body = Body { format: Format { codec, compressor }, bytes };
    let value = marshaller.read(&body).map_err(|source| RpcError::Answer { status, source })?;
    if status == Status::OK { Ok(value) } else { Err(RpcError::Service(value)) }
