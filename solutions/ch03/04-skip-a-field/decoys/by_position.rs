// mistake: the third field is field 3, whatever its number is
// killed by: a_field_is_found_behind_unknown_ones
// says: Fields come in any order
// region: field
    let mut rest = record;
    for place in 1..=count(&mut rest)? {
        let tag = next_tag(&mut rest, true)?;
        let payload = rest;
        skip(&mut rest, tag.kind, MAX_DEPTH)?;
        if place == u64::from(number) {
            return Ok(Some(&payload[..payload.len() - rest.len()]));
        }
    }
    Ok(None)
