// mistake: reads before it looks for a second line, so a request that came with another one waits
// killed by: two_lines_in_one_read_get_two_replies
// says: Two requests came in one piece
// region: read_and_answer
        let mut chunk = [0; READ_CHUNK];
        for _ in 0..READS_PER_TURN {
            self.flush()?;
            if !self.output.is_empty() || self.finish.is_some() {
                return Ok(());
            }
            match self.stream.read(&mut chunk) {
                Ok(0) if self.input.unfinished() > 0 => return Err(Finish::CutOff),
                Ok(0) => return Err(Finish::Closed),
                Ok(count) => self.input.feed(&chunk[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Err(Finish::Vanished),
            }
            match self.input.next_line() {
                Ok(Some(line)) => self.output = answer(service, &line, MAX_LINE),
                Ok(None) => {}
                Err(error) => self.refuse(&error),
            }
        }
        self.flush()
