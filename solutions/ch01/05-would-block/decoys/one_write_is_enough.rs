// mistake: trusts one `write` to take the whole reply, as it does on a quiet loopback
// killed by: no_reply_is_sent_twice
// says: took a reply in parts
// region: flush
        if self.output.is_empty() {
            return Ok(());
        }
        match self.stream.write(&self.output) {
            Ok(0) => return Err(Finish::Vanished),
            Ok(_) => self.output.clear(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Err(Finish::Vanished),
        }
        Ok(())
