// mistake: hands out the first line and drops whatever arrived behind it
// killed by: two_requests_in_one_read
// says: dropped what came behind it
// region: read_line
        loop {
            let end = self.arrived.iter().position(|&byte| byte == b'\n');
            if end.unwrap_or(self.arrived.len()) > self.max_line {
                return Err(LineError::TooLong { limit: self.max_line });
            }
            if let Some(end) = end {
                let mut line = std::mem::take(&mut self.arrived);
                line.truncate(end);
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
