// mistake: reads the low byte as a number with a sign
// killed by: ints_are_read_as_java_writes_them
// says: The low bytes have no sign
// region: read_int
    let at = reader.at();
    let tag = reader.byte(EXPECTED)?;
    Ok(match tag {
        0x80..=0xBF => i32::from(tag) - i32::from(tag::INT_ZERO),
        0xC0..=0xCF => ((i32::from(tag) - i32::from(tag::INT_BYTE)) << 8) | i32::from(reader.byte(EXPECTED)? as i8),
        0xD0..=0xD7 => {
            let low = u16::from_be_bytes(reader.array(EXPECTED)?);
            ((i32::from(tag) - i32::from(tag::INT_SHORT)) << 16) | i32::from(low)
        }
        tag::INT => i32::from_be_bytes(reader.array(EXPECTED)?),
        _ => return Err(Error::Unexpected { at, tag, expected: EXPECTED }),
    })
