// mistake: gives all that comes behind the tag
// killed by: each_field_of_an_order_is_found
// says: ends where the next field
// region: field
    let mut rest = record;
    for _ in 0..count(&mut rest)? {
        let tag = next_tag(&mut rest, true)?;
        let payload = rest;
        skip(&mut rest, tag.kind, MAX_DEPTH)?;
        if tag.number == number {
            return Ok(Some(payload));
        }
    }
    Ok(None)
