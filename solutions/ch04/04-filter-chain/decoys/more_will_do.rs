// mistake: takes whatever begins with the token
// killed by: without_the_token_nothing_runs
// says: the token and a letter
// region: require
        let text = match invocation.metadata.get("token") {
            Some(token) if token.starts_with(&*self.token) => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::UNAUTHENTICATED, text))
