// mistake: fields come by ascending number, it thinks
// killed by: a_field_is_found_behind_unknown_ones
// says: Fields come in any order
// region: field
    let mut rest = record;
    for _ in 0..count(&mut rest)? {
        let tag = next_tag(&mut rest, true)?;
        let payload = rest;
        skip(&mut rest, tag.kind, MAX_DEPTH)?;
        if tag.number > number {
            return Ok(None);
        }
        if tag.number == number {
            return Ok(Some(&payload[..payload.len() - rest.len()]));
        }
    }
    Ok(None)
