// mistake: throws the result of `write_line` away, and goes on for a client that is gone
// killed by: a_reply_that_cannot_be_sent_ends_it
// says: goes on as if it had been
// region: serve
        while let Some(request) = self.read_line()? {
            let _ = self.write_line(&service.call(&request));
        }
        Ok(())
