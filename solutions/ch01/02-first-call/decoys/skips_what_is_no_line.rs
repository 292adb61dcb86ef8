// mistake: leaves out a reply that is no line; its client waits for ever
// killed by: a_reply_that_cannot_be_sent_ends_it
// says: If one is left out it waits for ever
// region: serve
        while let Some(request) = self.read_line()? {
            match self.write_line(&service.call(&request)) {
                Err(LineError::NotALine | LineError::TooLong { .. }) => {}
                other => other?,
            }
        }
        Ok(())
