// mistake: forgets that a goaway says why
// killed by: a_status_only_where_there_is_one
// says: A goaway with the status
// region: header_of
    let (kind, status) = (frame.kind, frame.status);
    if status != Status::OK && kind != ch02_protocol::Kind::Response {
        return Err(EncodeError::UnexpectedStatus { kind, status });
    }
    let got = frame.body.len();
    if got > 0 && !kind.has_body() {
        return Err(EncodeError::UnexpectedBody { kind, length: got });
    }
    let limit = limits.max_body as usize;
    if got > limit {
        return Err(EncodeError::BodyTooLong { got, limit });
    }
    let body_len = got as u32; // fits: the limit does
    let got = HEADER_LEN + frame.extensions.as_bytes().len();
    let limit = usize::from(limits.max_header);
    if got > limit {
        return Err(EncodeError::HeaderTooLong { got, limit });
    }
    let header_len = got as u16; // fits: the limit does
    let &Frame { codec, compressor, request_id, .. } = frame;
    Ok(Header { kind, codec, compressor, header_len, status, request_id, body_len })
