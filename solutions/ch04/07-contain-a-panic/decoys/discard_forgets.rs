// mistake: forgets every payload in discard
// killed by: a_payload_is_dropped_once
// says: with every panic a little more
// region: discard
    std::mem::forget(payload);
