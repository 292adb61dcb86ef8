// mistake: takes a failure for the end of the stream
// killed by: a_real_failure_keeps_its_kind_and_the_count
// says: is for a `read` that returned 0
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
            Ok(0) => return Err(BodyError::CutOff { expected: header.body_len, got }),
            Ok(count) => got += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Err(BodyError::CutOff { expected: header.body_len, got }),
        }
    }
    Ok(body)
