// mistake: reads the service's own error in the codec of the question
// killed by: the_services_own_error_comes_as_a_value
// says: written as the reply says
// region: result
        let Reply { status, codec, compressor, body: bytes } = reply;
        let body = Body { format: Format { codec, compressor }, bytes };
        match status {
            Status::OK => self.marshaller.read(&body).map_err(|source| RpcError::Answer { status, source }),
            Status::SERVICE_ERROR => Err(match self.marshaller.read(&Body { format: Format { codec: self.format.codec, compressor }, bytes: body.bytes }) {
                Ok(error) => RpcError::Service(error),
                Err(source) => RpcError::Answer { status, source },
            }),
            _ => {
                let text = String::from_utf8_lossy(&body.bytes).into_owned();
                Err(RpcError::Call(CallError::Remote { status, text }))
            }
        }
