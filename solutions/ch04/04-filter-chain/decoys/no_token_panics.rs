// mistake: unwraps the token
// killed by: without_the_token_nothing_runs
// says: a stranger may leave out what he likes
// region: require
        let text = match Some(invocation.metadata.get("token").expect("a token")) {
            Some(token) if same(token, &self.token) => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::UNAUTHENTICATED, text))
