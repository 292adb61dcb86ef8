// mistake: reads first and looks afterwards: an empty buffer gets 0 back, which looks like the end
// killed by: an_empty_buffer_is_full_already
// says: might take that for the end
// region: read_exactly
    let expected = buffer.len();
    let mut got = 0;
    loop {
        match source.read(&mut buffer[got..]) {
            Ok(0) if got == 0 => return Err(ReadError::Closed),
            Ok(0) => return Err(ReadError::CutOff { expected, got }),
            Ok(count) => got += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => return Err(ReadError::Io { got, source }),
        }
        if got == expected {
            return Ok(());
        }
    }
