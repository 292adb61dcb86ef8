// mistake: finds a field of a record inside of this one
// killed by: a_field_is_one_of_this_record
// says: is another thing than
// region: field
    let mut rest = record;
    for _ in 0..count(&mut rest)? {
        let tag = next_tag(&mut rest, true)?;
        let payload = rest;
        skip(&mut rest, tag.kind, MAX_DEPTH)?;
        if tag.kind == Kind::Record
            && let Some(found) = field(payload, number)?
        {
            return Ok(Some(found));
        }
        if tag.number == number {
            return Ok(Some(&payload[..payload.len() - rest.len()]));
        }
    }
    Ok(None)
