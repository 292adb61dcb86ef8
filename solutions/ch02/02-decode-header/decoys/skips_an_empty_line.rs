// mistake: steps over an empty line in front of the header, as HTTP does
// killed by: a_stranger_is_known_by_the_first_letter
// says: skip nothing in front of it
// region: decode
    let bytes = bytes.strip_prefix(b"\r\n").unwrap_or(bytes);
    let magic = &bytes[..bytes.len().min(MAGIC.len())];
    if magic != &MAGIC[..magic.len()] {
        return Err(DecodeError::WrongMagic { got: magic.to_vec() });
    }
    let Some([version]) = field(bytes, 4) else { return Ok(None) };
    if version != VERSION {
        return Err(DecodeError::UnknownVersion { got: version });
    }
    let Some([kind]) = field(bytes, 5) else { return Ok(None) };
    let kind = Kind::from_byte(kind).ok_or(DecodeError::UnknownKind { got: kind })?;
    let Some([codec, compressor]) = field(bytes, 6) else { return Ok(None) };
    let Some(header_len) = field(bytes, 8).map(u16::from_be_bytes) else { return Ok(None) };
    if usize::from(header_len) < HEADER_LEN {
        return Err(DecodeError::HeaderTooShort { got: header_len });
    }
    let Some(status) = field(bytes, 10).map(u16::from_be_bytes).map(Status) else { return Ok(None) };
    if status != Status::OK && !kind.has_status() {
        return Err(DecodeError::UnexpectedStatus { kind, got: status });
    }
    let Some(request_id) = field(bytes, 12).map(u64::from_be_bytes) else { return Ok(None) };
    let Some(body_len) = field(bytes, 20).map(u32::from_be_bytes) else { return Ok(None) };
    if body_len > 0 && !kind.has_body() {
        return Err(DecodeError::UnexpectedBody { kind, got: body_len });
    }
    Ok(Some(Header { kind, codec, compressor, header_len, status, request_id, body_len }))
