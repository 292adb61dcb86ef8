// mistake: logs answers as well
// killed by: a_reply_passes_as_it_is
// says: An answer is an answer
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => {
            log(what);
            reply
        }
        Err(payload) => {
            log(&format!("{what} panicked: {}", message(&*payload)));
            discard(payload);
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
