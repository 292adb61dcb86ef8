// mistake: refuses the right token, too
// killed by: with_the_token_the_call_passes_as_it_came
// says: Who has the right token may pass
// region: require
        let text = match invocation.metadata.get("token") {
            Some(token) if same(token, &self.token) => "the token is the right one",
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::UNAUTHENTICATED, text))
