// mistake: reads the body of every status as a value
// killed by: every_other_status_is_a_text
// says: comes with a text for people, written in no codec
// region: call
    let body = marshaller.write(FORMAT, arguments).map_err(RpcError::Arguments)?;
    let invocation = Invocation::new(target.service.clone(), target.method.clone(), body)?;
    let reply = invoker.invoke(&invocation.accepting(FORMAT.compressor))?;
    let Reply { status, codec, compressor, body: bytes } = reply;

    let body = Body { format: Format { codec, compressor }, bytes };
    let value = marshaller.read(&body).map_err(|source| RpcError::Answer { status, source })?;
    if status == Status::OK { Ok(value) } else { Err(RpcError::Service(value)) }
