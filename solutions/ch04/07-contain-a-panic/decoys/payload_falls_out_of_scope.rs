// mistake: does not discard the payload: it falls out of scope
// killed by: a_payload_that_panics_again_is_survived
// says: drop` does there where you drop it
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            log(&format!("{what} panicked: {}", message(&*payload)));
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
