// mistake: takes what can be read as the service's error for one
// killed by: an_errors_text_is_never_a_result
// says: Only 304 says that the body is the service
// region: result
        let Reply { status, codec, compressor, body: bytes } = reply;
        let body = Body { format: Format { codec, compressor }, bytes };
        match status {
            Status::OK => self.marshaller.read(&body).map_err(|source| RpcError::Answer { status, source }),
            Status::SERVICE_ERROR => Err(match self.marshaller.read(&body) {
                Ok(error) => RpcError::Service(error),
                Err(source) => RpcError::Answer { status, source },
            }),
            _ => {
                if let Ok(error) = self.marshaller.read(&body) {
                    return Err(RpcError::Service(error));
                }
                let text = String::from_utf8_lossy(&body.bytes).into_owned();
                Err(RpcError::Call(CallError::Remote { status, text }))
            }
        }
