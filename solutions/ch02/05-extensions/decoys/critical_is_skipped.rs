// mistake: steps over everything that it does not know, whatever the sender asked for
// killed by: an_unknown_critical_one_is_named
// says: was stepped over
// region: unknown_critical
    let _ = (bytes, known);
    None
