// mistake: says 103 of a missing token
// killed by: without_the_token_nothing_runs
// says: asks for a token, and not for another server
// region: require
        let text = match invocation.metadata.get("token") {
            Some(token) if same(token, &self.token) => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::BUSY, text))
