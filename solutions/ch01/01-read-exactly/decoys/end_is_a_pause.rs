// mistake: takes 0 for "nothing yet" and asks again, for ever
// killed by: end_before_the_first_byte
// says: you read again
// region: read_exactly
    let mut got = 0;
    while got < buffer.len() {
        match source.read(&mut buffer[got..]) {
            Ok(count) => got += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => return Err(ReadError::Io { got, source }),
        }
    }
    Ok(())
