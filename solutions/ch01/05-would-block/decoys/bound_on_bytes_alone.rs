// mistake: bounds the reads of a turn and not its lines, so 64 KiB of empty lines are 65,536 calls in one turn
// killed by: many_small_calls_are_a_turn_too
// says: is no bound on work
// region: read_and_answer
        let mut chunk = [0; READ_CHUNK];
        let mut reads = 0;
        loop {
            self.flush()?;
            if !self.output.is_empty() || self.finish.is_some() {
                return Ok(());
            }
            match self.input.next_line() {
                Ok(Some(line)) => {
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
