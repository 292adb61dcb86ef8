// mistake: cuts the text of an error
// killed by: any_other_status_comes_with_its_text
// says: as they came
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
                let text = String::from_utf8_lossy(&body.bytes).chars().take(200).collect();
                Err(RpcError::Call(CallError::Remote { status, text }))
            }
        }
