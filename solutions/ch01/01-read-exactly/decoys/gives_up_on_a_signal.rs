// mistake: treats `Interrupted` as a failure, so a window that is resized kills a call
// killed by: a_signal_is_no_failure
// says: signal
// region: read_exactly
    let expected = buffer.len();
    let mut got = 0;
    while got < expected {
        match source.read(&mut buffer[got..]) {
            Ok(0) if got == 0 => return Err(ReadError::Closed),
            Ok(0) => return Err(ReadError::CutOff { expected, got }),
            Ok(count) => got += count,
            Err(source) => return Err(ReadError::Io { got, source }),
        }
    }
    Ok(())
