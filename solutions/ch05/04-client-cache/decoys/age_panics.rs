// mistake: takes the age off, whatever it is
// killed by: an_age_is_the_registrys_on_our_own_clock
// says: this caller follows nobody any more
// region: birth
    now - entry.age.unwrap_or_default()
