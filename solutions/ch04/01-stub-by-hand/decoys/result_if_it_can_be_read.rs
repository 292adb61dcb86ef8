// mistake: takes what can be read as a result for one
// killed by: an_errors_text_is_never_a_result
// says: Ask the status first
// region: result
        let Reply { status, codec, compressor, body: bytes } = reply;
        let body = Body { format: Format { codec, compressor }, bytes };
        if let Ok(value) = self.marshaller.read(&body) {
            return Ok(value);
        }
        match status {
            Status::OK => self.marshaller.read(&body).map_err(|source| RpcError::Answer { status, source }),
            Status::SERVICE_ERROR => Err(match self.marshaller.read(&body) {
                Ok(error) => RpcError::Service(error),
                Err(source) => RpcError::Answer { status, source },
            }),
            _ => {
                let text = String::from_utf8_lossy(&body.bytes).into_owned();
                Err(RpcError::Call(CallError::Remote { status, text }))
            }
        }
