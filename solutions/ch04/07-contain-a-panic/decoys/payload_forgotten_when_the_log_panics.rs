// mistake: does not get to the payload when the log panics
// killed by: a_log_may_panic_too
// says: What became of the handler's payload?
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            let line = format!("{what} panicked: {}", message(&*payload));
            match catch_unwind(AssertUnwindSafe(|| log(&line))) {
                Ok(()) => discard(payload),
                Err(again) => {
                    discard(again);
                    std::mem::forget(payload);
                }
            }
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
