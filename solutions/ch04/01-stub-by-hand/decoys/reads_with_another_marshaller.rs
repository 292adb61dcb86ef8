// mistake: reads with a new marshaller, without the limits of its own
// killed by: the_stubs_own_marshaller_writes_and_reads
// says: Another one has other limits
// region: result
        let Reply { status, codec, compressor, body: bytes } = reply;
        let body = Body { format: Format { codec, compressor }, bytes };
        match status {
            Status::OK => Marshaller::default().read(&body).map_err(|source| RpcError::Answer { status, source }),
            Status::SERVICE_ERROR => Err(match Marshaller::default().read(&body) {
                Ok(error) => RpcError::Service(error),
                Err(source) => RpcError::Answer { status, source },
            }),
            _ => {
                let text = String::from_utf8_lossy(&body.bytes).into_owned();
                Err(RpcError::Call(CallError::Remote { status, text }))
            }
        }
