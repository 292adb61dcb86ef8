// mistake: trusts one `write` to take the whole line
// killed by: short_writes
// says: the rest was never sent
// region: write_line
        if line.contains(&b'\n') {
            return Err(LineError::NotALine);
        }
        if line.len() > self.max_line {
            return Err(LineError::TooLong { limit: self.max_line });
        }
        let _taken = self.stream.write(&[line, b"\n"].concat())?;
        self.stream.flush()?;
        Ok(())
