// mistake: keeps its place in a local variable, so after `WouldBlock` the reply begins anew
// killed by: no_reply_is_sent_twice
// says: Count them in `written`
// region: flush
        let mut written = 0;
        while written < self.output.len() {
            match self.stream.write(&self.output[written..]) {
                Ok(0) => return Err(Finish::Vanished),
                Ok(count) => written += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Err(Finish::Vanished),
            }
        }
        self.output.clear();
        Ok(())
