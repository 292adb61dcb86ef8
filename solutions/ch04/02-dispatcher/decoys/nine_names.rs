// mistake: names one more than it may
// killed by: a_text_lists_eight_names_at_most
// says: the first eight are named
// region: some
    let more = names.len().saturating_sub(SHOWN + 1);
    let mut shown: Vec<String> = names.take(SHOWN + 1).map(|name| name.to_string()).collect();
    if shown.is_empty() {
        return "none".to_owned();
    }
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    shown.join(", ")
