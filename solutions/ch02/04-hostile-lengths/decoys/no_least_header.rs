// mistake: forgets that a header has 24 bytes at least
// killed by: a_header_has_at_least_24_bytes
// says: gets a very large number
// region: check
    let &Header { kind, header_len, body_len, .. } = header;
    let _ = HEADER_LEN;
    if header_len > limits.max_header {
        return Err(DecodeError::HeaderTooLong { got: header_len, limit: limits.max_header });
    }
    if body_len > 0 && !kind.has_body() {
        return Err(DecodeError::UnexpectedBody { kind, got: body_len });
    }
    if body_len > limits.max_body {
        return Err(DecodeError::BodyTooLong { got: body_len, limit: limits.max_body });
    }
    Ok(u64::from(header_len) + u64::from(body_len))
