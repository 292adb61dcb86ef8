// mistake: leaves it to `read_to_end`, which begins with small reads
// killed by: one_read_for_each_64_kib_at_most
// says: in small bites
// region: read_body
    check(header, limits)?;
    let announced = u64::from(header.body_len);
    let mut body = Vec::new();
    if announced == 0 {
        return Ok(body);
    }
    match source.take(announced).read_to_end(&mut body) {
        Ok(got) if got < announced as usize => Err(BodyError::CutOff { expected: header.body_len, got }),
        Ok(_) => Ok(body),
        Err(source) => Err(BodyError::Io { got: body.len(), source }),
    }
