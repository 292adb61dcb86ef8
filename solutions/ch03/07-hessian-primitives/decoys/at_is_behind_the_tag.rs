// mistake: names the place behind the first byte
// killed by: another_value_is_no_int
// says: before you read the first byte
// region: read_int
    let tag = reader.byte(EXPECTED)?;
    let at = reader.at();
    Ok(match tag {
        0x80..=0xBF => i32::from(tag) - i32::from(tag::INT_ZERO),
        0xC0..=0xCF => ((i32::from(tag) - i32::from(tag::INT_BYTE)) << 8) | i32::from(reader.byte(EXPECTED)?),
        0xD0..=0xD7 => {
            let low = u16::from_be_bytes(reader.array(EXPECTED)?);
            ((i32::from(tag) - i32::from(tag::INT_SHORT)) << 16) | i32::from(low)
        }
        tag::INT => i32::from_be_bytes(reader.array(EXPECTED)?),
        _ => return Err(Error::Unexpected { at, tag, expected: EXPECTED }),
    })
