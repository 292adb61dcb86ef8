// mistake: looks at the limit only before it reads on; a long line that arrives in one piece slips through
// killed by: a_whole_line_above_the_limit
// says: came through because it arrived in one piece
// region: read_line
        loop {
            if let Some(end) = self.arrived.iter().position(|&byte| byte == b'\n') {
                let mut line: Vec<u8> = self.arrived.drain(..=end).collect();
                line.pop();
                line.pop_if(|last| *last == b'\r');
                return Ok(Some(line));
            }
            if self.arrived.len() > self.max_line {
                return Err(LineError::TooLong { limit: self.max_line });
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
