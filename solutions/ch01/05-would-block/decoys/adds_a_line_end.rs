// mistake: adds a line end to a reply that has one
// killed by: two_lines_in_one_read_get_two_replies
// says: too many
// region: read_and_answer
        let mut chunk = [0; READ_CHUNK];
        let (mut reads, mut lines) = (0, 0);
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
                    self.output.push(b'\n');
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
