// mistake: fills up what is missing with 0
// killed by: an_int_that_breaks_off_is_an_end
// says: hand their error on
// region: read_int
    let at = reader.at();
    let tag = reader.byte(EXPECTED)?;
    Ok(match tag {
        0x80..=0xBF => i32::from(tag) - i32::from(tag::INT_ZERO),
        0xC0..=0xCF => ((i32::from(tag) - i32::from(tag::INT_BYTE)) << 8) | i32::from(reader.byte(EXPECTED).unwrap_or(0)),
        0xD0..=0xD7 => {
            let low = u16::from_be_bytes(reader.array(EXPECTED)?);
            ((i32::from(tag) - i32::from(tag::INT_SHORT)) << 16) | i32::from(low)
        }
        tag::INT => i32::from_be_bytes(reader.array(EXPECTED)?),
        _ => return Err(Error::Unexpected { at, tag, expected: EXPECTED }),
    })
