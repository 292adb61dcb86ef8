// mistake: calls f
// killed by: a_panic_is_answered_with_201
// says: A panic came out of `contain`
// region: contain
    let _ = (what, log);
    f()
