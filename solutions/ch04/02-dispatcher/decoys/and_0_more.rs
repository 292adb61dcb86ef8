// mistake: always says how many more there are
// killed by: an_unknown_service_is_answered_with_108
// says: The contract has it word by word
// region: some
    let more = names.len().saturating_sub(SHOWN);
    let mut shown: Vec<String> = names.take(SHOWN).map(|name| name.to_string()).collect();
    if shown.is_empty() {
        return "none".to_owned();
    }
    if more < usize::MAX {
        shown.push(format!("and {more} more"));
    }
    shown.join(", ")
