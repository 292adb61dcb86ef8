// mistake: grows by 64 KiB each time, so that every byte moves a hundred times
// killed by: bytes_are_not_moved_again_and_again
// says: grows in steps that are too small
// region: read_body
    check(header, limits)?;
    let announced = header.body_len as usize;
    let mut body = Vec::new();
    let mut got = 0;
    while got < announced {
        if got == body.len() {
            let room = ON_CREDIT.min(announced - got);
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
