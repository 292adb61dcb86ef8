// mistake: refuses with an error in the place of a reply
// killed by: without_the_token_nothing_runs
// says: a refusal is a reply
// region: require
        let text = match invocation.metadata.get("token") {
            Some(token) if same(token, &self.token) => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Err(CallError::Remote { status: Status::UNAUTHENTICATED, text: text.to_owned() })
