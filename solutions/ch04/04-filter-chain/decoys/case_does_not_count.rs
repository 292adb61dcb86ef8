// mistake: takes small letters for capital ones
// killed by: without_the_token_nothing_runs
// says: the token in capital letters
// region: require
        let text = match invocation.metadata.get("token") {
            Some(token) if token.eq_ignore_ascii_case(&self.token) => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::UNAUTHENTICATED, text))
