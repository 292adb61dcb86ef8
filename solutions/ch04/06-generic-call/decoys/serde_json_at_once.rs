// mistake: reads the bytes with serde_json, whatever the reply says
// killed by: the_answer_is_read_as_the_reply_says
// says: Codec and compressor of the reply stand in the reply
// region: call
    let body = marshaller.write(FORMAT, arguments).map_err(RpcError::Arguments)?;
    let invocation = Invocation::new(target.service.clone(), target.method.clone(), body)?;
    let reply = invoker.invoke(&invocation.accepting(FORMAT.compressor))?;
    let Reply { status, codec, compressor, body: bytes } = reply;
    if status != Status::OK && status != Status::SERVICE_ERROR {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        return Err(CallError::Remote { status, text }.into());
    }
    let _ = (codec, compressor);
    let value = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    if status == Status::OK { Ok(value) } else { Err(RpcError::Service(value)) }
