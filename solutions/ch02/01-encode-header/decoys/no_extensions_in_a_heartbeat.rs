// mistake: refuses the extensions of a kind that has no body
// killed by: every_kind_may_have_extensions
// says: A kind without a body still has a header
// region: header_of
    let (kind, status) = (frame.kind, frame.status);
    if status != Status::OK && !kind.has_status() {
        return Err(EncodeError::UnexpectedStatus { kind, status });
    }
    if !kind.has_body() && !frame.extensions.as_bytes().is_empty() {
        return Err(EncodeError::UnexpectedBody { kind, length: frame.extensions.as_bytes().len() });
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
