// mistake: offers 64 KiB even when less is missing
// killed by: the_next_frame_stays_in_the_stream
// says: Never offer `read` more room than is missing
// region: read_body
    check(header, limits)?;
    let announced = header.body_len as usize;
    let mut body = Vec::new();
    let mut got = 0;
    while got < announced {
        if got == body.len() {
            let room = got.max(ON_CREDIT);
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
    body.truncate(announced);
    Ok(body)
