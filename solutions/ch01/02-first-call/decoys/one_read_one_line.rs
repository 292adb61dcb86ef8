// mistake: takes what one `read` brings for one line, as it happens to be on a quiet loopback
// killed by: a_line_in_pieces
// says: is a piece, not a line
// region: read_line
        let mut chunk = [0; CHUNK];
        match self.stream.read(&mut chunk)? {
            0 => Ok(None),
            count if count > self.max_line => Err(LineError::TooLong { limit: self.max_line }),
            count => Ok(Some(chunk[..count].trim_ascii_end().to_vec())),
        }
