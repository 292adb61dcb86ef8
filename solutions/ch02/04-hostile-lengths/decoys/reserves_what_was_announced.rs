// mistake: reserves memory for all that was announced, and fills it bit by bit
// killed by: an_announcement_alone_is_worth_64_kib
// says: you took memory for what they promised
// region: read_body
    check(header, limits)?;
    let announced = header.body_len as usize;
    let mut body = Vec::with_capacity(announced);
    let mut got = 0;
    while got < announced {
        if got == body.len() {
            let room = got.max(ON_CREDIT).min(announced - got);
            body.reserve_exact(room);
            body.resize(got + room, 0);
        }
        match source.read(&mut body[got..]) {
            Ok(0) => return Err(BodyError::CutOff { expected: header.body_len, got }),
            Ok(count) => got += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => return Err(BodyError::Io { got, source }),
        }
    }
    Ok(body)
