// mistake: subtracts eight from few
// killed by: an_unknown_service_is_answered_with_108
// says: panicked
// region: some
    let more = names.len() - SHOWN;
    let mut shown: Vec<String> = names.take(SHOWN).map(|name| name.to_string()).collect();
    if shown.is_empty() {
        return "none".to_owned();
    }
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    shown.join(", ")
