// mistake: takes a panic that was caught further in for its own
// killed by: a_panic_in_a_panic_is_contained_where_it_is
// says: Each `contain` is responsible for its own `f`
// region: contain
    thread_local! {
        static PANICKED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    }
    let result = catch_unwind(AssertUnwindSafe(f));
    if let Err(payload) = &result {
        PANICKED.set(true);
        log(&format!("{what} panicked: {}", message(&**payload)));
    }
    if let Err(payload) = result {
        discard(payload);
    } else if let Ok(reply) = result
        && !PANICKED.get()
    {
        return reply;
    }
    Reply::new(Status::INTERNAL, format!("{what} panicked"))
