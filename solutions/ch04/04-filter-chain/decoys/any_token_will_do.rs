// mistake: asks whether there is a token, and not which
// killed by: without_the_token_nothing_runs
// says: another token
// region: require
        let text = match invocation.metadata.get("token") {
            Some(token) if token.len() < usize::MAX => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::UNAUTHENTICATED, text))
