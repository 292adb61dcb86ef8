// mistake: calls itself for each chunk
// killed by: chunks_may_be_many
// says: A loop needs no stack
// region: read_string
    fn chunks(reader: &mut Reader<'_>, units: &mut Vec<u16>) -> Result<(), Error> {
        let (count, last) = read_head(reader)?;
        for _ in 0..count {
            units.push(read_unit(reader)?);
        }
        if last { Ok(()) } else { chunks(reader, units) }
    }
    let at = reader.at();
    let mut units = Vec::new();
    chunks(reader, &mut units)?;
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.map_err(|half| Error::LoneSurrogate { at, unit: half.unpaired_surrogate() })
