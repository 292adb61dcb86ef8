// mistake: reads with `read_exact`, which does not say how much has come
// killed by: an_early_end_says_how_much_came
// says: Count what has come over all reads
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
        match source.read_exact(&mut body[got..]) {
            Ok(()) => got = body.len(),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(BodyError::CutOff { expected: header.body_len, got });
            }
            Err(source) => return Err(BodyError::Io { got, source }),
        }
    }
    Ok(body)
