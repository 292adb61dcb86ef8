// mistake: leaves the log alone
// killed by: the_log_learns_why
// says: Somebody has to mend it
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            let _ = log;
            discard(payload);
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
