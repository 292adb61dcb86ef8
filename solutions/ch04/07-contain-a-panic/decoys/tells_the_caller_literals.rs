// mistake: sends the message if it is a literal, which it takes for harmless
// killed by: the_caller_does_not_learn_why
// says: The caller cannot mend anything
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            log(&format!("{what} panicked: {}", message(&*payload)));
            let why = payload.downcast_ref::<&str>().copied().unwrap_or_default();
            let text = format!("{what} panicked {why}");
            discard(payload);
            Reply::new(Status::INTERNAL, text)
        }
    }
