// mistake: counts the wanted number from 0, also when it is 0
// killed by: what_is_not_there_is_none
// says: panicked
// region: field
    let mut rest = record;
    for _ in 0..count(&mut rest)? {
        let tag = next_tag(&mut rest, true)?;
        let payload = rest;
        skip(&mut rest, tag.kind, MAX_DEPTH)?;
        if tag.number - 1 == number.checked_sub(1).expect("fields count from 1") {
            return Ok(Some(&payload[..payload.len() - rest.len()]));
        }
    }
    Ok(None)
