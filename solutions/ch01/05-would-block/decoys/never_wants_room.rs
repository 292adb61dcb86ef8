// mistake: waits for bytes only, so the rest of a partly written reply never goes out
// killed by: wants_tells_the_poller_what_to_wait_for
// says: never goes out
// region: wants
        Wants { read: true, write: false }
