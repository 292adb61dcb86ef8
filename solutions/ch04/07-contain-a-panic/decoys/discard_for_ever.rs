// mistake: discards again until it works
// killed by: a_payload_that_panics_again_is_survived
// says: may do it for ever
// region: discard
    if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        discard(again);
    }
