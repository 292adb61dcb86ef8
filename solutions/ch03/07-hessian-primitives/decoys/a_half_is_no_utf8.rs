// mistake: says NotUtf8 of half a character
// killed by: half_a_character_is_refused
// says: without the other half
// region: read_string
    let at = reader.at();
    let mut units = Vec::new();
    loop {
        let (count, last) = read_head(reader)?;
        for _ in 0..count {
            units.push(read_unit(reader)?);
        }
        if last {
            let text: Result<String, _> = char::decode_utf16(units).collect();
            return text.map_err(|_| Error::NotUtf8 { at });
        }
    }
