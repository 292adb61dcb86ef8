// mistake: counts the fields from 0
// killed by: each_field_of_an_order_is_found
// says: The payload begins behind
// region: field
    let mut rest = record;
    for _ in 0..count(&mut rest)? {
        let tag = next_tag(&mut rest, true)?;
        let payload = rest;
        skip(&mut rest, tag.kind, MAX_DEPTH)?;
        if tag.number == number + 1 {
            return Ok(Some(&payload[..payload.len() - rest.len()]));
        }
    }
    Ok(None)
