// mistake: keeps the last chunk only
// killed by: chunks_are_one_text
// says: A text came in several chunks
// region: read_string
    let at = reader.at();
    let mut units = Vec::new();
    loop {
        let (count, last) = read_head(reader)?;
        units.clear();
        for _ in 0..count {
            units.push(read_unit(reader)?);
        }
        if last {
            let text: Result<String, _> = char::decode_utf16(units).collect();
            return text.map_err(|half| Error::LoneSurrogate { at, unit: half.unpaired_surrogate() });
        }
    }
