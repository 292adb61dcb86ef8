// mistake: drops the payload, and hopes
// killed by: a_payload_that_panics_again_is_survived
// says: `drop(payload)` runs code that you do not know
// region: discard
    drop(payload);
