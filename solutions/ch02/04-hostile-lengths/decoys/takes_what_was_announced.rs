// mistake: takes memory for all that was announced
// killed by: an_announcement_alone_is_worth_64_kib
// says: you took memory for what they promised
// region: read_body
    check(header, limits)?;
    let announced = header.body_len as usize;
    let mut body = vec![0; announced];
    let mut got = 0;
    while got < announced {
        match source.read(&mut body[got..]) {
            Ok(0) => return Err(BodyError::CutOff { expected: header.body_len, got }),
            Ok(count) => got += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => return Err(BodyError::Io { got, source }),
        }
    }
    Ok(body)
