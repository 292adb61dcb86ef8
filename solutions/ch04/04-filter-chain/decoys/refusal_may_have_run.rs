// mistake: says 201 of a missing token
// killed by: without_the_token_nothing_runs
// says: it never ran, and why
// region: require
        let text = match invocation.metadata.get("token") {
            Some(token) if same(token, &self.token) => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::INTERNAL, text))
