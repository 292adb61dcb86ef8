// mistake: leaves the request in a buffer and waits for the reply to it
// killed by: nothing_is_held_back
// says: has not left you
// region: write_line
        if line.contains(&b'\n') {
            return Err(LineError::NotALine);
        }
        if line.len() > self.max_line {
            return Err(LineError::TooLong { limit: self.max_line });
        }
        self.stream.write_all(&[line, b"\n"].concat())?;
        Ok(())
