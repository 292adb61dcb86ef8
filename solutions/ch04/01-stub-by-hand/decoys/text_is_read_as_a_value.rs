// mistake: reads the text of an error as a value, where that works
// killed by: an_errors_text_is_never_a_result
// says: nor by the codec byte
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
                let text = self.marshaller.read(&body).unwrap_or_else(|_| String::from_utf8_lossy(&body.bytes).into_owned());
                Err(RpcError::Call(CallError::Remote { status, text }))
            }
        }
