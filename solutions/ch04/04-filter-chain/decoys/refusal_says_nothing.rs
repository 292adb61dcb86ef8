// mistake: refuses without a word
// killed by: without_the_token_nothing_runs
// says: A text says to people what is missing
// region: require
        let text = match invocation.metadata.get("token") {
            Some(token) if same(token, &self.token) => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        { let _ = text; Ok(Reply::new(Status::UNAUTHENTICATED, "")) }
