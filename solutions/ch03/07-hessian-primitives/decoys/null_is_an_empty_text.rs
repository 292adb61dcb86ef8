// mistake: reads null as an empty text
// killed by: another_value_is_no_text
// says: 4e is null
// region: read_string
    let at = reader.at();
    let mut units = Vec::new();
    let mut ahead = *reader;
    if ahead.byte("a text")? == tag::NULL {
        *reader = ahead;
        return Ok(String::new());
    }
    loop {
        let (count, last) = read_head(reader)?;
        for _ in 0..count {
            units.push(read_unit(reader)?);
        }
        if last {
            let text: Result<String, _> = char::decode_utf16(units).collect();
            return text.map_err(|half| Error::LoneSurrogate { at, unit: half.unpaired_surrogate() });
        }
    }
