// mistake: forgets every payload
// killed by: a_payload_is_dropped_once
// says: Forget only what cannot be dropped
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            log(&format!("{what} panicked: {}", message(&*payload)));
            std::mem::forget(payload);
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
