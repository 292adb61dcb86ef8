// mistake: hands out what is left at the end of the stream, as `BufRead::lines` does: half a request runs
// killed by: half_a_line_then_the_end
// says: died in the middle of a line
// region: read_line
        loop {
            let end = self.arrived.iter().position(|&byte| byte == b'\n');
            if end.unwrap_or(self.arrived.len()) > self.max_line {
                return Err(LineError::TooLong { limit: self.max_line });
            }
            if let Some(end) = end {
                let mut line: Vec<u8> = self.arrived.drain(..=end).collect();
                line.pop();
                line.pop_if(|last| *last == b'\r');
                return Ok(Some(line));
            }
            let mut chunk = [0; CHUNK];
            match self.stream.read(&mut chunk) {
                Ok(0) if self.arrived.is_empty() => return Ok(None),
                Ok(0) => return Ok(Some(std::mem::take(&mut self.arrived))),
                Ok(count) => self.arrived.extend_from_slice(&chunk[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
