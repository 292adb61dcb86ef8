// mistake: lets the value of a field be as deep as it likes
// killed by: values_of_fields_may_be_64_deep
// says: may be `MAX_DEPTH` levels deep
// region: field
    let mut rest = record;
    for _ in 0..count(&mut rest)? {
        let tag = next_tag(&mut rest, true)?;
        let payload = rest;
        skip(&mut rest, tag.kind, u32::MAX)?;
        if tag.number == number {
            return Ok(Some(&payload[..payload.len() - rest.len()]));
        }
    }
    Ok(None)
