// mistake: every read goes to the start of the buffer, so later pieces overwrite earlier ones
// killed by: three_short_reads
// says: start of the buffer
// region: read_exactly
    let expected = buffer.len();
    let mut got = 0;
    while got < expected {
        let room = expected - got;
        match source.read(&mut buffer[..room]) {
            Ok(0) if got == 0 => return Err(ReadError::Closed),
            Ok(0) => return Err(ReadError::CutOff { expected, got }),
            Ok(count) => got += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => return Err(ReadError::Io { got, source }),
        }
    }
    Ok(())
