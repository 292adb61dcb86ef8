// mistake: takes an error before the first byte for a goodbye: a reset connection looks like a polite client
// killed by: a_broken_connection_says_so
// says: are for a `read` that returned 0
// region: read_line
        let mut searched = 0; // no `\n` before this index, so nobody needs to look there again
        loop {
            let end = self.arrived[searched..].iter().position(|&byte| byte == b'\n');
            let length = end.map_or(self.arrived.len(), |found| searched + found);
            // Finished or not, a line above the limit is refused before more memory is taken for it.
            if length > self.max_line {
                return Err(LineError::TooLong { limit: self.max_line });
            }
            if end.is_some() {
                let mut line: Vec<u8> = self.arrived.drain(..=length).collect();
                line.pop(); // the `\n`
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(Some(line));
            }
            searched = length;
            let mut chunk = [0; CHUNK];
            match self.stream.read(&mut chunk) {
                Ok(0) if self.arrived.is_empty() => return Ok(None),
                Ok(0) => return Err(LineError::CutOff { got: self.arrived.len() }),
                Ok(count) => self.arrived.extend_from_slice(&chunk[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) if self.arrived.is_empty() => return Ok(None),
                Err(error) => return Err(error.into()),
            }
        }
