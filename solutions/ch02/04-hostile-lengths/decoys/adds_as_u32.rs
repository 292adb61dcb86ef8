// mistake: adds the two lengths as `u32`
// killed by: the_sum_does_not_wrap
// says: your program ended
// region: check
    let &Header { kind, header_len, body_len, .. } = header;
    if usize::from(header_len) < HEADER_LEN {
        return Err(DecodeError::HeaderTooShort { got: header_len });
    }
    if header_len > limits.max_header {
        return Err(DecodeError::HeaderTooLong { got: header_len, limit: limits.max_header });
    }
    if body_len > 0 && !kind.has_body() {
        return Err(DecodeError::UnexpectedBody { kind, got: body_len });
    }
    if body_len > limits.max_body {
        return Err(DecodeError::BodyTooLong { got: body_len, limit: limits.max_body });
    }
    Ok(u64::from(u32::from(header_len) + body_len))
