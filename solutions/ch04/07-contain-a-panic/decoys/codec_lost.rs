// mistake: keeps status and body of a reply only
// killed by: a_reply_passes_as_it_is
// says: It is handed on as it is
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => Reply::new(reply.status, reply.body),
        Err(payload) => {
            log(&format!("{what} panicked: {}", message(&*payload)));
            discard(payload);
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
