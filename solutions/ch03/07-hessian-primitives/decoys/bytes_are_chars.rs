// mistake: reads so many bytes, and takes each for a character
// killed by: texts_are_read_as_java_writes_them
// says: a length of n means n units
// region: read_string
    let at = reader.at();
    let mut units = Vec::new();
    loop {
        let (count, last) = read_head(reader)?;
        for _ in 0..count {
            units.push(u16::from(reader.byte("a character")?));
        }
        if last {
            let text: Result<String, _> = char::decode_utf16(units).collect();
            return text.map_err(|half| Error::LoneSurrogate { at, unit: half.unpaired_surrogate() });
        }
    }
