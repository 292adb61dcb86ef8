// mistake: compares the sum of both lengths with the sum of both limits
// killed by: a_header_above_the_limit
// says: A header above the limit was let in
// region: check
    let &Header { kind, header_len, body_len, .. } = header;
    if usize::from(header_len) < HEADER_LEN {
        return Err(DecodeError::HeaderTooShort { got: header_len });
    }
    if u64::from(header_len) + u64::from(body_len) > u64::from(limits.max_header) + u64::from(limits.max_body) {
        return Err(DecodeError::HeaderTooLong { got: header_len, limit: limits.max_header });
    }
    if body_len > 0 && !kind.has_body() {
        return Err(DecodeError::UnexpectedBody { kind, got: body_len });
    }
    if body_len > limits.max_body {
        return Err(DecodeError::BodyTooLong { got: body_len, limit: limits.max_body });
    }
    Ok(u64::from(header_len) + u64::from(body_len))
