// mistake: takes 301 for an error of the service, too
// killed by: any_other_status_comes_with_its_text
// says: Only 0 and 304 have a value
// region: result
        let Reply { status, codec, compressor, body: bytes } = reply;
        let body = Body { format: Format { codec, compressor }, bytes };
        match status {
            Status::OK => self.marshaller.read(&body).map_err(|source| RpcError::Answer { status, source }),
            Status::SERVICE_ERROR | Status::BAD_ARGUMENT => Err(match self.marshaller.read(&body) {
                Ok(error) => RpcError::Service(error),
                Err(source) => RpcError::Answer { status, source },
            }),
            _ => {
                let text = String::from_utf8_lossy(&body.bytes).into_owned();
                Err(RpcError::Call(CallError::Remote { status, text }))
            }
        }
