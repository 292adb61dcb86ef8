// mistake: refuses a form that is longer than need be
// killed by: longer_forms_than_needed_are_read_too
// says: in a longer form than it needs
// region: read_int
    let at = reader.at();
    let tag = reader.byte(EXPECTED)?;
    let value = match tag {
        0x80..=0xBF => i32::from(tag) - i32::from(tag::INT_ZERO),
        0xC0..=0xCF => ((i32::from(tag) - i32::from(tag::INT_BYTE)) << 8) | i32::from(reader.byte(EXPECTED)?),
        0xD0..=0xD7 => {
            let low = u16::from_be_bytes(reader.array(EXPECTED)?);
            ((i32::from(tag) - i32::from(tag::INT_SHORT)) << 16) | i32::from(low)
        }
        tag::INT => i32::from_be_bytes(reader.array(EXPECTED)?),
        _ => return Err(Error::Unexpected { at, tag, expected: EXPECTED }),
    };
    let mut shortest = Vec::new();
    write_int(&mut shortest, value);
    if shortest.len() < reader.at() - at {
        return Err(Error::Unexpected { at, tag, expected: EXPECTED });
    }
    Ok(value)
