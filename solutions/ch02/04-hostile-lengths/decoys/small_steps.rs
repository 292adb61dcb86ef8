// mistake: grows by one page at a time
// killed by: one_read_for_each_64_kib_at_most
// says: in small bites
// region: read_body
    check(header, limits)?;
    let announced = header.body_len as usize;
    let mut body = Vec::new();
    let mut got = 0;
    while got < announced {
        if got == body.len() {
            let room = 4096.min(announced - got);
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
