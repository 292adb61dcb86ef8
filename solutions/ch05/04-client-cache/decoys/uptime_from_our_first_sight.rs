// mistake: an uptime begins when this caller has seen it for the first time
// killed by: an_age_is_the_registrys_on_our_own_clock
// says: must not take a provider that is an hour old for a new one
// region: birth
    let _ = entry;
    now
