// mistake: of unknown age is as old as can be
// killed by: an_age_is_the_registrys_on_our_own_clock
// says: Without an age it is new
// region: birth
    entry.age.or(Some(MAX_SETTLE)).and_then(|age| now.checked_sub(age)).unwrap_or(now)
