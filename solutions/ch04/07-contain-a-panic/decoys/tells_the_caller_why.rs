// mistake: sends the panic's message to the caller
// killed by: the_caller_does_not_learn_why
// says: The caller cannot mend anything
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            let text = format!("{what} panicked: {}", message(&*payload));
            log(&text);
            discard(payload);
            Reply::new(Status::INTERNAL, text)
        }
    }
