// mistake: gives the tag as well
// killed by: each_field_of_an_order_is_found
// says: You gave the tag as well
// region: field
    let mut rest = record;
    for _ in 0..count(&mut rest)? {
        let payload = rest;
        let tag = next_tag(&mut rest, true)?;
        skip(&mut rest, tag.kind, MAX_DEPTH)?;
        if tag.number == number {
            return Ok(Some(&payload[..payload.len() - rest.len()]));
        }
    }
    Ok(None)
