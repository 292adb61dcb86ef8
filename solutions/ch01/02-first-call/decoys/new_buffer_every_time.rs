// mistake: wraps the stream in a new `BufReader` for every line; what it read ahead dies with it
// killed by: two_requests_in_one_read
// says: Lines vanished
// region: read_line
        use std::io::{BufRead, BufReader};
        let mut line = Vec::new();
        BufReader::new(&mut self.stream).take(self.max_line as u64 + 1).read_until(b'\n', &mut line)?;
        match line.pop() {
            None => Ok(None),
            Some(b'\n') => {
                line.pop_if(|last| *last == b'\r');
                Ok(Some(line))
            }
            Some(_) if line.len() >= self.max_line => Err(LineError::TooLong { limit: self.max_line }),
            Some(_) => Err(LineError::CutOff { got: line.len() + 1 }),
        }
