// mistake: takes the second form for numbers from 0 up
// killed by: ints_are_read_as_java_writes_them
// says: Take the tag of zero off
// region: read_int
    let at = reader.at();
    let tag = reader.byte(EXPECTED)?;
    Ok(match tag {
        0x80..=0xBF => i32::from(tag) - i32::from(tag::INT_ZERO),
        0xC0..=0xCF => ((i32::from(tag) - 0xC0) << 8) | i32::from(reader.byte(EXPECTED)?),
        0xD0..=0xD7 => {
            let low = u16::from_be_bytes(reader.array(EXPECTED)?);
            ((i32::from(tag) - i32::from(tag::INT_SHORT)) << 16) | i32::from(low)
        }
        tag::INT => i32::from_be_bytes(reader.array(EXPECTED)?),
        _ => return Err(Error::Unexpected { at, tag, expected: EXPECTED }),
    })
