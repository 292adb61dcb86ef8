// mistake: reads the text of an error in the codec that the reply names
// killed by: a_text_is_a_text_whatever_its_codec_byte_says
// says: The status decides, and not the codec byte
// region: call
    let body = marshaller.write(FORMAT, arguments).map_err(RpcError::Arguments)?;
    let invocation = Invocation::new(target.service.clone(), target.method.clone(), body)?;
    let invocation = invocation.accepting(FORMAT.compressor);
    let reply = invoker.invoke(&invocation)?;
    let Reply { status, codec, compressor, body: bytes } = reply;
    let body = Body { format: Format { codec, compressor }, bytes };
    if status != Status::OK && status != Status::SERVICE_ERROR {
        let text = match marshaller.read::<Value>(&body) {
            Ok(Value::String(text)) => text,
            Ok(other) => other.to_string(),
            Err(_) => String::from_utf8_lossy(&body.bytes).into_owned(),
        };
        return Err(CallError::Remote { status, text }.into());
    }
    let value = marshaller.read(&body).map_err(|source| RpcError::Answer { status, source })?;
    if status == Status::OK { Ok(value) } else { Err(RpcError::Service(value)) }
