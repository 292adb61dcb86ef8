// mistake: takes every unit for a character
// killed by: texts_are_read_as_java_writes_them
// says: Two of them may be one character
// region: read_string
    let at = reader.at();
    let mut units = Vec::new();
    loop {
        let (count, last) = read_head(reader)?;
        for _ in 0..count {
            units.push(read_unit(reader)?);
        }
        if last {
            let _ = at;
            return Ok(units.iter().map(|&unit| char::from_u32(unit.into()).unwrap_or('?')).collect());
        }
    }
