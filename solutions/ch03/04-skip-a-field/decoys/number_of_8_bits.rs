// mistake: compares 8 bits of the numbers
// killed by: a_number_is_compared_whole
// says: all of them count
// region: field
    let mut rest = record;
    for _ in 0..count(&mut rest)? {
        let tag = next_tag(&mut rest, true)?;
        let payload = rest;
        skip(&mut rest, tag.kind, MAX_DEPTH)?;
        if tag.number as u8 == number as u8 {
            return Ok(Some(&payload[..payload.len() - rest.len()]));
        }
    }
    Ok(None)
