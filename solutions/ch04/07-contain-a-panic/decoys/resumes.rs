// mistake: logs the panic, and lets it go on
// killed by: a_panic_is_answered_with_201
// says: A panic came out of `contain`
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            log(&format!("{what} panicked: {}", message(&*payload)));
            std::panic::resume_unwind(payload)
        }
    }
