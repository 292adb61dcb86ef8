// mistake: blames the request
// killed by: a_panic_is_answered_with_201
// says: so the caller tries again, and the order is placed twice
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            log(&format!("{what} panicked: {}", message(&*payload)));
            discard(payload);
            Reply::new(Status::BAD_REQUEST, format!("{what} panicked"))
        }
    }
