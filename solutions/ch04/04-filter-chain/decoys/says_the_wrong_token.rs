// mistake: says in its text which token came
// killed by: without_the_token_nothing_runs
// says: The text has a token in it
// region: require
        let text = match invocation.metadata.get("token") {
            Some(token) if same(token, &self.token) => return next.invoke(invocation),
            Some(token) => return Ok(Reply::new(Status::UNAUTHENTICATED, format!("not the right token: {token}"))),
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::UNAUTHENTICATED, text))
