// mistake: reads again after any error
// killed by: a_real_failure_keeps_its_kind_and_the_count
// says: Only `Interrupted` asks for that
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
            Err(_) => {}
        }
    }
    Ok(body)
