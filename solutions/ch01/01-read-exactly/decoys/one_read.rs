// mistake: trusts one `read` to fill the buffer, as it does on a quiet loopback
// killed by: three_short_reads
// says: You read once
// region: read_exactly
    match source.read(buffer) {
        Ok(0) if buffer.is_empty() => Ok(()),
        Ok(0) => Err(ReadError::Closed),
        Ok(_) => Ok(()),
        Err(source) => Err(ReadError::Io { got: 0, source }),
    }
