// mistake: calls whatever goes wrong `NoReply`, and the caller never learns what it was
// killed by: a_call_that_fails_says_how
// says: is for a server that left between two lines
// region: call
        self.write_line(request)?;
        self.read_line().unwrap_or(None).ok_or(LineError::NoReply)
