// mistake: expects that every half has its partner
// killed by: half_a_character_is_refused
// says: `read_string` panicked
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
            return Ok(String::from_utf16(&units).expect("nobody writes half a character"));
        }
    }
