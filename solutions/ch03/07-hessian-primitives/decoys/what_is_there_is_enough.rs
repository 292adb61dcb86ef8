// mistake: ends a text where the bytes end
// killed by: a_text_that_breaks_off_is_an_end
// says: Half a text is no text
// region: read_string
    let at = reader.at();
    let mut units = Vec::new();
    loop {
        let (count, last) = read_head(reader)?;
        for _ in 0..count {
            match read_unit(reader) {
                Ok(unit) => units.push(unit),
                Err(Error::End { .. }) => break,
                Err(error) => return Err(error),
            }
        }
        if last {
            let text: Result<String, _> = char::decode_utf16(units).collect();
            return text.map_err(|half| Error::LoneSurrogate { at, unit: half.unpaired_surrogate() });
        }
    }
