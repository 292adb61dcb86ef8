// mistake: takes every error before the first byte for a goodbye: a reset connection looks like a polite client
// killed by: a_real_failure_keeps_its_kind_and_the_count
// says: are for a `read` that returned 0
// region: read_exactly
    let expected = buffer.len();
    let mut got = 0;
    while got < expected {
        match source.read(&mut buffer[got..]) {
            Ok(0) if got == 0 => return Err(ReadError::Closed),
            Ok(0) => return Err(ReadError::CutOff { expected, got }),
            Ok(count) => got += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) if got == 0 => return Err(ReadError::Closed),
            Err(source) => return Err(ReadError::Io { got, source }),
        }
    }
    Ok(())
