// mistake: asks for one byte at a time: right, and a system call for each byte
// killed by: three_short_reads
// says: all the room that is left
// region: read_exactly
    let expected = buffer.len();
    let mut got = 0;
    while got < expected {
        match source.read(&mut buffer[got..=got]) {
            Ok(0) if got == 0 => return Err(ReadError::Closed),
            Ok(0) => return Err(ReadError::CutOff { expected, got }),
            Ok(count) => got += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => return Err(ReadError::Io { got, source }),
        }
    }
    Ok(())
