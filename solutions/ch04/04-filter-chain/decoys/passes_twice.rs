// mistake: calls twice when the token is right
// killed by: with_the_token_the_call_passes_as_it_came
// says: It passes once
// region: require
        let text = match invocation.metadata.get("token") {
            Some(token) if same(token, &self.token) => return next.invoke(invocation).and_then(|_| next.invoke(invocation)),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::UNAUTHENTICATED, text))
