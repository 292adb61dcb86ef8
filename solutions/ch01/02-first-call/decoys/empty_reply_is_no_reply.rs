// mistake: takes an empty reply for none
// killed by: no_reply_is_not_an_empty_reply
// says: `None` is the one that is not
// region: call
        self.write_line(request)?;
        self.read_line()?.filter(|line| !line.is_empty()).ok_or(LineError::NoReply)
