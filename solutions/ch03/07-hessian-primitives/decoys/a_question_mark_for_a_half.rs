// mistake: writes a sign in the place of half a character
// killed by: half_a_character_is_refused
// says: would be another text
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
            return Ok(String::from_utf16_lossy(&units));
        }
    }
