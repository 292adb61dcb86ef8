// mistake: reads every body as a result
// killed by: an_errors_text_is_never_a_result
// says: is said by the status, not by the body
// region: result
        let Reply { status, codec, compressor, body: bytes } = reply;
        let body = Body { format: Format { codec, compressor }, bytes };
        self.marshaller.read(&body).map_err(|source| RpcError::Answer { status, source })
