// mistake: sends whatever it is given; a `\n` inside a name becomes a second request
// killed by: what_is_no_line_is_not_sent
// says: would arrive as two
// region: write_line
        if line.len() > self.max_line {
            return Err(LineError::TooLong { limit: self.max_line });
        }
        self.stream.write_all(&[line, b"\n"].concat())?;
        self.stream.flush()?;
        Ok(())
