// mistake: catches what comes out of the log, and forgets it
// killed by: a_log_may_panic_too
// says: What became of the log's payload?
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            let line = format!("{what} panicked: {}", message(&*payload));
            discard(payload);
            std::mem::forget(catch_unwind(AssertUnwindSafe(|| log(&line))));
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
