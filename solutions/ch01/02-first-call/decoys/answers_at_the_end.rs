// mistake: collects the requests and answers them when the client has left; a client that waits for its reply waits for ever
// killed by: every_line_is_answered_in_order
// says: holds replies back
// region: serve
        let mut replies = Vec::new();
        while let Some(request) = self.read_line()? {
            replies.push(service.call(&request));
        }
        for reply in replies {
            self.write_line(&reply)?;
        }
        Ok(())
