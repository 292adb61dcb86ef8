// mistake: lets the call run, and looks at the token then
// killed by: without_the_token_nothing_runs
// says: what has run cannot be taken back
// region: require
        let result = next.invoke(invocation);
        match invocation.metadata.get("token") {
            Some(token) if same(token, &self.token) => result,
            _ => Ok(Reply::new(Status::UNAUTHENTICATED, "no token, or a wrong one")),
        }
