// mistake: answers with OK and nothing
// killed by: a_panic_is_answered_with_201
// says: Nothing went well here
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            log(&format!("{what} panicked: {}", message(&*payload)));
            discard(payload);
            Reply::ok("")
        }
    }
