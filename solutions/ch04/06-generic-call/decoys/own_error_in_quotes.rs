// mistake: the service's own error becomes a JSON text
// killed by: the_services_own_error_stays_a_value
// says: It is neither a text for people nor a result
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
    let value = marshaller.read(&body).map_err(|source| RpcError::Answer { status, source })?;
    if status == Status::OK { Ok(value) } else { Err(RpcError::Service(Value::from(value.to_string()))) }
