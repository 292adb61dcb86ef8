// mistake: answers 201 without a word
// killed by: a_panic_is_answered_with_201
// says: The text says what panicked
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            log(&format!("{what} panicked: {}", message(&*payload)));
            discard(payload);
            Reply::new(Status::INTERNAL, "")
        }
    }
