// mistake: answers that it ran and said no
// killed by: a_panic_is_answered_with_201
// says: A handler that panicked may have done its work
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            log(&format!("{what} panicked: {}", message(&*payload)));
            discard(payload);
            Reply::new(Status::BAD_ARGUMENT, format!("{what} panicked"))
        }
    }
