// mistake: takes the id 0 for one that has not come
// killed by: any_request_id_is_right
// says: no id means "none"
// region: decode
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
    if request_id == 0 && kind == Kind::Request {
        return Ok(None);
    }
    let Some(body_len) = field(bytes, 20).map(u32::from_be_bytes) else { return Ok(None) };
    if body_len > 0 && !kind.has_body() {
        return Err(DecodeError::UnexpectedBody { kind, got: body_len });
    }
    Ok(Some(Header { kind, codec, compressor, header_len, status, request_id, body_len }))
