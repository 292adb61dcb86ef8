// mistake: calls the log as if it could not panic
// killed by: a_log_may_panic_too
// says: a log is somebody's code, too
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            let line = format!("{what} panicked: {}", message(&*payload));
            discard(payload);
            log(&line);
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
