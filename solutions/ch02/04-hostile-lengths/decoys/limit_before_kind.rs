// mistake: compares with the limit before it looks at the kind
// killed by: a_heartbeat_has_no_body
// says: complete without a body
// region: check
    let &Header { kind, header_len, body_len, .. } = header;
    if usize::from(header_len) < HEADER_LEN {
        return Err(DecodeError::HeaderTooShort { got: header_len });
    }
    if header_len > limits.max_header {
        return Err(DecodeError::HeaderTooLong { got: header_len, limit: limits.max_header });
    }
    if body_len > 0 && body_len <= limits.max_body && !kind.has_body() {
        return Err(DecodeError::UnexpectedBody { kind, got: body_len });
    }
    if body_len > limits.max_body {
        return Err(DecodeError::BodyTooLong { got: body_len, limit: limits.max_body });
    }
    Ok(u64::from(header_len) + u64::from(body_len))
