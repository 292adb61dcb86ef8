// mistake: what cannot be stepped over is not there
// killed by: a_field_behind_an_error_is_not_found
// says: would be a guess
// region: field
    let mut rest = record;
    for _ in 0..count(&mut rest)? {
        let tag = next_tag(&mut rest, true)?;
        let payload = rest;
        if skip(&mut rest, tag.kind, MAX_DEPTH).is_err() {
            return Ok(None);
        }
        if tag.number == number {
            return Ok(Some(&payload[..payload.len() - rest.len()]));
        }
    }
    Ok(None)
