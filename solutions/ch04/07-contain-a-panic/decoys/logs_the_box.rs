// mistake: asks the box what it says, and not what is in it
// killed by: the_log_learns_why
// says: for what is in the box
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            log(&format!("{what} panicked: {}", message(&payload)));
            discard(payload);
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
