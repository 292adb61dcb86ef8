// mistake: answers with an error of the service's own
// killed by: a_panic_is_answered_with_201
// says: A handler that panicked may have done its work
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            log(&format!("{what} panicked: {}", message(&*payload)));
            discard(payload);
            Reply::new(Status::SERVICE_ERROR, format!("{what} panicked"))
        }
    }
