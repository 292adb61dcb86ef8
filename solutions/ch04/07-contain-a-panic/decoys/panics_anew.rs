// mistake: panics with a better text
// killed by: a_panic_is_answered_with_201
// says: A panic came out of `contain`
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            log(&format!("{what} panicked: {}", message(&*payload)));
            discard(payload);
            panic!("{what} panicked")
        }
    }
