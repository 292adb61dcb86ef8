// mistake: compares 16 bits of the numbers
// killed by: a_number_is_compared_whole
// says: all of them count
// region: field
    let mut rest = record;
    for _ in 0..count(&mut rest)? {
        let tag = next_tag(&mut rest, true)?;
        let payload = rest;
        skip(&mut rest, tag.kind, MAX_DEPTH)?;
        if tag.number as u16 == number as u16 {
            return Ok(Some(&payload[..payload.len() - rest.len()]));
        }
    }
    Ok(None)
