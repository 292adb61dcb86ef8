// mistake: refuses a header as long as it may be
// killed by: the_limit_itself_is_allowed
// says: not the least that is forbidden
// region: check
    let &Header { kind, header_len, body_len, .. } = header;
    if usize::from(header_len) < HEADER_LEN {
        return Err(DecodeError::HeaderTooShort { got: header_len });
    }
    if header_len >= limits.max_header {
        return Err(DecodeError::HeaderTooLong { got: header_len, limit: limits.max_header });
    }
    if body_len > 0 && !kind.has_body() {
        return Err(DecodeError::UnexpectedBody { kind, got: body_len });
    }
    if body_len > limits.max_body {
        return Err(DecodeError::BodyTooLong { got: body_len, limit: limits.max_body });
    }
    Ok(u64::from(header_len) + u64::from(body_len))
