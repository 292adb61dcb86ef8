// mistake: takes an error whose body can be read for the service's own
// killed by: a_text_is_a_text_whatever_its_codec_byte_says
// says: The status decides, and not the codec byte
// region: call
    let body = marshaller.write(FORMAT, arguments).map_err(RpcError::Arguments)?;
    let invocation = Invocation::new(target.service.clone(), target.method.clone(), body)?;
    let invocation = invocation.accepting(FORMAT.compressor);
    let reply = invoker.invoke(&invocation)?;
    let Reply { status, codec, compressor, body: bytes } = reply;
    let body = Body { format: Format { codec, compressor }, bytes };
    match marshaller.read(&body) {
        Ok(value) if status == Status::OK => Ok(value),
        Ok(value) => Err(RpcError::Service(value)),
        Err(source) if status == Status::OK || status == Status::SERVICE_ERROR => {
            Err(RpcError::Answer { status, source })
        }
        Err(_) => {
            let text = String::from_utf8_lossy(&body.bytes).into_owned();
            Err(CallError::Remote { status, text }.into())
        }
    }
