// mistake: says in its text which token it wants
// killed by: without_the_token_nothing_runs
// says: It goes to a stranger
// region: require
        let text = match invocation.metadata.get("token") {
            Some(token) if same(token, &self.token) => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::UNAUTHENTICATED, format!("{text}: expected {}", self.token)))
