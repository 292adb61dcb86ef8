// mistake: trims the token
// killed by: without_the_token_nothing_runs
// says: a blank and the token
// region: require
        let text = match invocation.metadata.get("token") {
            Some(token) if same(token.trim(), &self.token) => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::UNAUTHENTICATED, text))
