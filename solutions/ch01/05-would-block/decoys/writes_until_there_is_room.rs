// mistake: asks for room in a loop, so one peer that does not read keeps the thread
// killed by: would_block_on_writing_is_no_failure
// says: asked again at once
// region: flush
        while self.written < self.output.len() {
            match self.stream.write(&self.output[self.written..]) {
                Ok(0) => return Err(Finish::Vanished),
                Ok(count) => self.written += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {},
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Err(Finish::Vanished),
            }
        }
        self.output.clear();
        self.written = 0;
        Ok(())
