// mistake: a server that leaves without a reply looks like one that replied with nothing
// killed by: no_reply_is_not_an_empty_reply
// says: takes that for an answer
// region: call
        self.write_line(request)?;
        Ok(self.read_line()?.unwrap_or_default())
