// mistake: sends the request without its `\n`, and both ends wait for ever
// killed by: a_line_and_its_end_in_one_write
// says: The other end waits for `\n`
// region: write_line
        if line.contains(&b'\n') {
            return Err(LineError::NotALine);
        }
        if line.len() > self.max_line {
            return Err(LineError::TooLong { limit: self.max_line });
        }
        self.stream.write_all(line)?;
        self.stream.flush()?;
        Ok(())
