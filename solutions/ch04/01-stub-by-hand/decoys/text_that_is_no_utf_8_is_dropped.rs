// mistake: gives an empty text when it is not UTF-8
// killed by: a_text_that_is_not_utf_8_is_still_a_text
// says: puts a mark in the place of what is no UTF-8
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
                let text = String::from_utf8(body.bytes.to_vec()).unwrap_or_default();
                Err(RpcError::Call(CallError::Remote { status, text }))
            }
        }
