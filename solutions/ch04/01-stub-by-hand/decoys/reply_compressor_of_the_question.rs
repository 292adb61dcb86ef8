// mistake: takes every answer for compressed as the format says
// killed by: list_orders_makes_its_call
// says: The reply is OK, so its body is the result
// region: result
        let Reply { status, codec, body: bytes, .. } = reply;
        let compressor = self.format.compressor;
        let body = Body { format: Format { codec, compressor }, bytes };
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
