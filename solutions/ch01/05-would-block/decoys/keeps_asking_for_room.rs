// mistake: never takes back that lines are left, so the loop spins
// killed by: many_small_calls_are_a_turn_too
// says: the loop spins
// region: read_and_answer
        let mut chunk = [0; READ_CHUNK];
        let (mut reads, mut lines) = (0, 0);
        loop {
            self.flush()?;
            if lines == LINES_PER_TURN {
                self.more = true;
                return Ok(());
            }
            if !self.output.is_empty() || self.finish.is_some() {
                return Ok(());
            }
            match self.input.next_line() {
                Ok(Some(line)) => {
                    lines += 1;
                    self.output = answer(service, &line, MAX_LINE);
                }
                Err(error) => self.refuse(&error),
                Ok(None) if reads == READS_PER_TURN => return Ok(()),
                Ok(None) => {
                    reads += 1;
                    match self.stream.read(&mut chunk) {
                        Ok(0) if self.input.unfinished() > 0 => return Err(Finish::CutOff),
                        Ok(0) => return Err(Finish::Closed),
                        Ok(count) => self.input.feed(&chunk[..count]),
                        Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        Err(_) => return Err(Finish::Vanished),
                    }
                }
            }
        }
