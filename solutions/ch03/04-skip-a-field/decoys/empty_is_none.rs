// mistake: a field without a payload is not there
// killed by: a_payload_without_bytes_is_found
// says: It is there, and its payload has 0 bytes
// region: field
    let mut rest = record;
    for _ in 0..count(&mut rest)? {
        let tag = next_tag(&mut rest, true)?;
        let payload = rest;
        skip(&mut rest, tag.kind, MAX_DEPTH)?;
        if tag.number == number && payload.len() > rest.len() {
            return Ok(Some(&payload[..payload.len() - rest.len()]));
        }
    }
    Ok(None)
