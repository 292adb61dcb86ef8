// mistake: says nothing when there is nothing
// killed by: an_unknown_service_is_answered_with_108
// says: There is no service at all
// region: some
    let more = names.len().saturating_sub(SHOWN);
    let mut shown: Vec<String> = names.take(SHOWN).map(|name| name.to_string()).collect();
    if shown.is_empty() {
        return String::new();
    }
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    shown.join(", ")
