// mistake: tells the log a second time when it panics
// killed by: a_log_may_panic_too
// says: the log was called 2 times
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            let line = format!("{what} panicked: {}", message(&*payload));
            discard(payload);
            for _ in 0..2 {
                match catch_unwind(AssertUnwindSafe(|| log(&line))) {
                    Ok(()) => break,
                    Err(again) => discard(again),
                }
            }
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
