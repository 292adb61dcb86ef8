// mistake: takes the token behind a word, too
// killed by: without_the_token_nothing_runs
// says: the token behind a word
// region: require
        let text = match invocation.metadata.get("token") {
            Some(token) if same(token.strip_prefix("Bearer ").unwrap_or(token), &self.token) => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::UNAUTHENTICATED, text))
