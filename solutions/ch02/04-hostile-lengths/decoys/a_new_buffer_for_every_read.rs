// mistake: takes 64 KiB for every read, however little it brings
// killed by: bytes_are_not_moved_again_and_again
// says: memory for each `read`
// region: read_body
    check(header, limits)?;
    let announced = header.body_len as usize;
    let mut body = Vec::new();
    let mut got = 0;
    while got < announced {
        let mut piece = vec![0; ON_CREDIT.min(announced - got)];
        match source.read(&mut piece) {
            Ok(0) => return Err(BodyError::CutOff { expected: header.body_len, got }),
            Ok(count) => {
                body.extend_from_slice(&piece[..count]);
                got += count;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => return Err(BodyError::Io { got, source }),
        }
    }
    Ok(body)
