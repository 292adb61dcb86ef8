// mistake: treats `WouldBlock` like a signal: a loop that burns a core until the next byte comes
// killed by: a_real_failure_keeps_its_kind_and_the_count
// says: Only `Interrupted` asks for that
// region: read_exactly
    let expected = buffer.len();
    let mut got = 0;
    while got < expected {
        match source.read(&mut buffer[got..]) {
            Ok(0) if got == 0 => return Err(ReadError::Closed),
            Ok(0) => return Err(ReadError::CutOff { expected, got }),
            Ok(count) => got += count,
            Err(error) if matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock) => {}
            Err(source) => return Err(ReadError::Io { got, source }),
        }
    }
    Ok(())
