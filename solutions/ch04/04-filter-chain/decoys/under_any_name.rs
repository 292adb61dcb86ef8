// mistake: takes the token under any name
// killed by: without_the_token_nothing_runs
// says: not under the name `token`
// region: require
        let text = match invocation.metadata.iter().map(|(_, value)| value).next() {
            Some(token) if same(token, &self.token) => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::UNAUTHENTICATED, text))
