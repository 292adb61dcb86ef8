// mistake: names the end of the text for its beginning
// killed by: half_a_character_is_refused
// says: where the text begins
// region: read_string
    let mut units = Vec::new();
    loop {
        let (count, last) = read_head(reader)?;
        for _ in 0..count {
            units.push(read_unit(reader)?);
        }
        if last {
            let at = reader.at();
            let text: Result<String, _> = char::decode_utf16(units).collect();
            return text.map_err(|half| Error::LoneSurrogate { at, unit: half.unpaired_surrogate() });
        }
    }
