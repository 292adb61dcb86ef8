// mistake: looks at the limit before it looks for lines, so the lines of the last read wait for an event that never comes
// killed by: the_last_read_of_a_turn_is_answered_too
// says: left in `input`
// region: read_and_answer
        let mut chunk = [0; READ_CHUNK];
        for _ in 0..READS_PER_TURN {
            self.flush()?;
            while self.output.is_empty() && self.finish.is_none() {
                match self.input.next_line() {
                    Ok(Some(line)) => self.output = answer(service, &line, MAX_LINE),
                    Err(error) => self.refuse(&error),
                    Ok(None) => break,
                }
                self.flush()?;
            }
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
        }
        Ok(())
