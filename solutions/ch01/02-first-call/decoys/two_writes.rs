// mistake: writes the line, then its `\n`: two packets, and Nagle's algorithm may hold the second back
// killed by: a_line_and_its_end_in_one_write
// says: travelled alone
// region: write_line
        if line.contains(&b'\n') {
            return Err(LineError::NotALine);
        }
        if line.len() > self.max_line {
            return Err(LineError::TooLong { limit: self.max_line });
        }
        self.stream.write_all(line)?;
        self.stream.write_all(b"\n")?;
        self.stream.flush()?;
        Ok(())
