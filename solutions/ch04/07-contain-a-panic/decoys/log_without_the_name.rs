// mistake: logs the message, and not what panicked
// killed by: the_log_learns_why
// says: tell the log once: what panicked, and what it said
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            log(message(&*payload));
            discard(payload);
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
