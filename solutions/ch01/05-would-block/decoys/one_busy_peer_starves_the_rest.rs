// mistake: reads until `WouldBlock`, however long that takes
// killed by: a_peer_that_never_pauses_gives_the_others_their_turn
// says: How long is its turn?
// region: read_and_answer
        let mut chunk = [0; READ_CHUNK];
        let mut lines = 0;
        loop {
            self.flush()?;
            self.more = lines == LINES_PER_TURN;
            if self.more || !self.output.is_empty() || self.finish.is_some() {
                return Ok(());
            }
            match self.input.next_line() {
                Ok(Some(line)) => {
                    lines += 1;
                    self.output = answer(service, &line, MAX_LINE);
                }
                Err(error) => self.refuse(&error),
                Ok(None) => {
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
