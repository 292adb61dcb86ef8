// mistake: takes every no for a panic
// killed by: a_reply_passes_as_it_is
// says: An answer is an answer, also when it is a no
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) if reply.status == Status::OK => reply,
        Ok(_) => Reply::new(Status::INTERNAL, format!("{what} failed")),
        Err(payload) => {
            log(&format!("{what} panicked: {}", message(&*payload)));
            discard(payload);
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
