// mistake: catches what comes out of the log, and drops it as it comes
// killed by: a_log_may_panic_too
// says: a log is somebody's code, too
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            let line = format!("{what} panicked: {}", message(&*payload));
            discard(payload);
            let _ = catch_unwind(AssertUnwindSafe(|| log(&line)));
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
