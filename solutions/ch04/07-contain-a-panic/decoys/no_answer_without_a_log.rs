// mistake: answers that it does not know when the log panics
// killed by: a_log_may_panic_too
// says: gets the same answer
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            let line = format!("{what} panicked: {}", message(&*payload));
            discard(payload);
            if let Err(again) = catch_unwind(AssertUnwindSafe(|| log(&line))) {
                discard(again);
                return Reply::new(Status::BUSY, format!("{what}: no log"));
            }
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
