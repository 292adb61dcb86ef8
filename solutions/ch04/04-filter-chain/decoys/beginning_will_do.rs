// mistake: takes the beginning of the token for the token
// killed by: without_the_token_nothing_runs
// says: the beginning of the token
// region: require
        let text = match invocation.metadata.get("token") {
            Some(token) if self.token.starts_with(token) && !token.is_empty() => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::UNAUTHENTICATED, text))
