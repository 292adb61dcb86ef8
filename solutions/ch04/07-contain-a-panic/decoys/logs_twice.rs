// mistake: writes two lines
// killed by: the_log_learns_why
// says: tell the log once
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            log(&format!("{what} panicked"));
            log(&format!("{what} panicked: {}", message(&*payload)));
            discard(payload);
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
