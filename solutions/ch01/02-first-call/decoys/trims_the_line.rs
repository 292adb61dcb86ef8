// mistake: takes the line end off with a trim, and the spaces of the message with it
// killed by: only_the_line_end_is_taken_off
// says: A space is content
// region: read_line
        loop {
            let end = self.arrived.iter().position(|&byte| byte == b'\n');
            if end.unwrap_or(self.arrived.len()) > self.max_line {
                return Err(LineError::TooLong { limit: self.max_line });
            }
            if let Some(end) = end {
                let line: Vec<u8> = self.arrived.drain(..=end).collect();
                return Ok(Some(line.trim_ascii_end().to_vec()));
            }
            let mut chunk = [0; CHUNK];
            match self.stream.read(&mut chunk) {
                Ok(0) if self.arrived.is_empty() => return Ok(None),
                Ok(0) => return Err(LineError::CutOff { got: self.arrived.len() }),
                Ok(count) => self.arrived.extend_from_slice(&chunk[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
