// mistake: drops the payload as it comes
// killed by: a_payload_that_panics_again_is_survived
// says: a payload may be of any type
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            log(&format!("{what} panicked: {}", message(&*payload)));
            drop(payload);
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
