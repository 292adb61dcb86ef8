// mistake: doubles the buffer before every read, whatever has come
// killed by: memory_is_earned_by_what_has_come
// says: grows faster than the body comes
// region: read_body
    check(header, limits)?;
    let announced = header.body_len as usize;
    let mut body = Vec::new();
    let mut got = 0;
    while got < announced {
        let room = body.len().max(ON_CREDIT).min(announced - body.len());
        body.resize(body.len() + room, 0);
        match source.read(&mut body[got..]) {
            Ok(0) => return Err(BodyError::CutOff { expected: header.body_len, got }),
            Ok(count) => got += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => return Err(BodyError::Io { got, source }),
        }
    }
    Ok(body)
