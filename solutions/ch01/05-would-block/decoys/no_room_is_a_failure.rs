// mistake: takes a full send buffer for a peer that has gone
// killed by: would_block_on_writing_is_no_failure
// says: you gave it up
// region: flush
        while self.written < self.output.len() {
            match self.stream.write(&self.output[self.written..]) {
                Ok(0) => return Err(Finish::Vanished),
                Ok(count) => self.written += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Err(Finish::Vanished),
            }
        }
        self.output.clear();
        self.written = 0;
        Ok(())
