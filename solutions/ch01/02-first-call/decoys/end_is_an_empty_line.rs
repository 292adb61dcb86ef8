// mistake: hands out an empty line at the end of the stream, as the 0 of `BufRead::read_line` invites; a server answers it for ever
// killed by: the_end_between_two_lines_is_a_goodbye
// says: finished its line and left
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
                Ok(0) if self.arrived.is_empty() => return Ok(Some(Vec::new())),
                Ok(0) => return Err(LineError::CutOff { got: self.arrived.len() }),
                Ok(count) => self.arrived.extend_from_slice(&chunk[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
