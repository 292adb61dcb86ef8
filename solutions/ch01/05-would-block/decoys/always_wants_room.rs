// mistake: asks for room although nothing is to be written, so the poller calls without end
// killed by: wants_tells_the_poller_what_to_wait_for
// says: the loop spins
// region: wants
        Wants { read: true, write: true }
