// mistake: looks at the limit when the line is whole; a line that never ends takes all memory there is
// killed by: an_endless_line_is_refused_early
// says: decides how much memory you take
// region: read_line
        loop {
            if let Some(end) = self.arrived.iter().position(|&byte| byte == b'\n') {
                if end > self.max_line {
                    return Err(LineError::TooLong { limit: self.max_line });
                }
                let mut line: Vec<u8> = self.arrived.drain(..=end).collect();
                line.pop();
                line.pop_if(|last| *last == b'\r');
                return Ok(Some(line));
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
