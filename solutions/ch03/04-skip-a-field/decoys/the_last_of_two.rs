// mistake: goes on after it has found it
// killed by: the_first_of_two_is_found
// says: The first one
// region: field
    let mut rest = record;
    let mut found = None;
    for _ in 0..count(&mut rest)? {
        let tag = next_tag(&mut rest, true)?;
        let payload = rest;
        skip(&mut rest, tag.kind, MAX_DEPTH)?;
        if tag.number == number {
            found = Some(&payload[..payload.len() - rest.len()]);
        }
    }
    Ok(found)
