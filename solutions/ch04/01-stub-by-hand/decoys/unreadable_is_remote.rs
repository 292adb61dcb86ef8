// mistake: makes a text of an answer that cannot be read
// killed by: an_answer_that_cannot_be_read_keeps_its_status
// says: The call ran, and what it said is lost
// region: result
        let Reply { status, codec, compressor, body: bytes } = reply;
        let body = Body { format: Format { codec, compressor }, bytes };
        match status {
            Status::OK => self.marshaller.read(&body).map_err(|source| RpcError::Call(CallError::Remote { status, text: source.to_string() })),
            Status::SERVICE_ERROR => Err(match self.marshaller.read(&body) {
                Ok(error) => RpcError::Service(error),
                Err(source) => RpcError::Call(CallError::Remote { status, text: source.to_string() }),
            }),
            _ => {
                let text = String::from_utf8_lossy(&body.bytes).into_owned();
                Err(RpcError::Call(CallError::Remote { status, text }))
            }
        }
