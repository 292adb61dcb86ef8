// mistake: goes on behind the last field
// killed by: what_comes_behind_is_not_looked_at
// says: The count says how many fields
// region: field
    let mut rest = record;
    let _ = count(&mut rest)?;
    while !rest.is_empty() {
        let tag = next_tag(&mut rest, true)?;
        let payload = rest;
        skip(&mut rest, tag.kind, MAX_DEPTH)?;
        if tag.number == number {
            return Ok(Some(&payload[..payload.len() - rest.len()]));
        }
    }
    Ok(None)
