// mistake: takes the token under the name of another protocol, too
// killed by: without_the_token_nothing_runs
// says: under the name `authorization`
// region: require
        let text = match invocation.metadata.get("token").or(invocation.metadata.get("authorization")) {
            Some(token) if same(token, &self.token) => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::UNAUTHENTICATED, text))
