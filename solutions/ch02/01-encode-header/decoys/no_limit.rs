// mistake: sends what the other side will close the connection for
// killed by: the_body_has_a_limit
// says: Refuse the frame while its caller is there
// region: header_of
    let (kind, status) = (frame.kind, frame.status);
    if status != Status::OK && !kind.has_status() {
        return Err(EncodeError::UnexpectedStatus { kind, status });
    }
    if !frame.body.is_empty() && !kind.has_body() {
        return Err(EncodeError::UnexpectedBody { kind, length: frame.body.len() });
    }
    Ok(Header {
        kind,
        codec: frame.codec,
        compressor: frame.compressor,
        header_len: (HEADER_LEN + frame.extensions.as_bytes().len()) as u16,
        status,
        request_id: frame.request_id,
        body_len: frame.body.len() as u32,
    })
