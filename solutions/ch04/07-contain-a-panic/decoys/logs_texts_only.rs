// mistake: logs only what has a text
// killed by: a_payload_without_a_text_is_told_too
// says: One line, for every panic
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            if payload.is::<&str>() || payload.is::<String>() {
                log(&format!("{what} panicked: {}", message(&*payload)));
            }
            discard(payload);
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
