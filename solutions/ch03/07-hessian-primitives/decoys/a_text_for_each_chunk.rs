// mistake: makes characters of every chunk by itself
// killed by: chunks_are_one_text
// says: a pair may be in two chunks
// region: read_string
    let at = reader.at();
    let mut text = String::new();
    loop {
        let (count, last) = read_head(reader)?;
        let mut units = Vec::new();
        for _ in 0..count {
            units.push(read_unit(reader)?);
        }
        let part: Result<String, _> = char::decode_utf16(units).collect();
        text += &part.map_err(|half| Error::LoneSurrogate { at, unit: half.unpaired_surrogate() })?;
        if last {
            return Ok(text);
        }
    }
