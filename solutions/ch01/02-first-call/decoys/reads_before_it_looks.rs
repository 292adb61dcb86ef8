// mistake: reads first and looks afterwards: waits for the next piece while a whole line is there
// killed by: one_read_for_each_piece
// says: only when no whole line is there
// region: read_line
        let mut done = false;
        loop {
            let mut chunk = [0; CHUNK];
            match self.stream.read(&mut chunk) {
                Ok(0) => done = true,
                Ok(count) => self.arrived.extend_from_slice(&chunk[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
            let end = self.arrived.iter().position(|&byte| byte == b'\n');
            if end.unwrap_or(self.arrived.len()) > self.max_line {
                return Err(LineError::TooLong { limit: self.max_line });
            }
            if let Some(end) = end {
                let mut line: Vec<u8> = self.arrived.drain(..=end).collect();
                line.pop();
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(Some(line));
            }
            if done && self.arrived.is_empty() {
                return Ok(None);
            }
            if done {
                return Err(LineError::CutOff { got: self.arrived.len() });
            }
        }
