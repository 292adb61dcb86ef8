// mistake: catches a panic, and drops its payload
// killed by: a_payload_that_panics_again_is_survived
// says: And what is caught there is again a payload
// region: discard
    let _ = catch_unwind(AssertUnwindSafe(|| drop(payload)));
