// mistake: takes slices of bytes that have not come
// killed by: part_of_a_header_is_no_error
// says: `decode` panicked over
// region: decode
    if bytes[..4] != MAGIC {
        return Err(DecodeError::WrongMagic { got: bytes[..4].to_vec() });
    }
    if bytes[4] != VERSION {
        return Err(DecodeError::UnknownVersion { got: bytes[4] });
    }
    let kind = Kind::from_byte(bytes[5]).ok_or(DecodeError::UnknownKind { got: bytes[5] })?;
    let header_len = u16::from_be_bytes([bytes[8], bytes[9]]);
    if usize::from(header_len) < HEADER_LEN {
        return Err(DecodeError::HeaderTooShort { got: header_len });
    }
    let status = Status(u16::from_be_bytes([bytes[10], bytes[11]]));
    if status != Status::OK && !kind.has_status() {
        return Err(DecodeError::UnexpectedStatus { kind, got: status });
    }
    let request_id = u64::from_be_bytes(bytes[12..20].try_into().expect("eight bytes"));
    let body_len = u32::from_be_bytes(bytes[20..24].try_into().expect("four bytes"));
    if body_len > 0 && !kind.has_body() {
        return Err(DecodeError::UnexpectedBody { kind, got: body_len });
    }
    Ok(Some(Header { kind, codec: bytes[6], compressor: bytes[7], header_len, status, request_id, body_len }))
