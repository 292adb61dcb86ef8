// mistake: contains panics with a text, and lets others go on
// killed by: a_payload_without_a_text_is_told_too
// says: A panic came out of `contain`
// region: contain
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(reply) => reply,
        Err(payload) => {
            if !payload.is::<&str>() && !payload.is::<String>() {
                std::panic::resume_unwind(payload);
            }
            log(&format!("{what} panicked: {}", message(&*payload)));
            discard(payload);
            Reply::new(Status::INTERNAL, format!("{what} panicked"))
        }
    }
