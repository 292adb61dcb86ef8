// mistake: takes an early end for the end of the body
// killed by: an_early_end_says_how_much_came
// says: Half a body is no body
// region: read_body
    check(header, limits)?;
    let announced = header.body_len as usize;
    let mut body = Vec::new();
    let mut got = 0;
    while got < announced {
        if got == body.len() {
            let room = got.max(ON_CREDIT).min(announced - got);
            body.reserve_exact(room);
            body.resize(got + room, 0);
        }
        match source.read(&mut body[got..]) {
            Ok(0) => break,
            Ok(count) => got += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => return Err(BodyError::Io { got, source }),
        }
    }
    body.truncate(got);
    Ok(body)
