// mistake: reports a connection that was cut off in the middle as a clean goodbye
// killed by: end_in_the_middle
// says: half a message
// region: read_exactly
    let mut got = 0;
    while got < buffer.len() {
        match source.read(&mut buffer[got..]) {
            Ok(0) => return Err(ReadError::Closed),
            Ok(count) => got += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => return Err(ReadError::Io { got, source }),
        }
    }
    Ok(())
