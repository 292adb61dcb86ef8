// mistake: says how many there are instead of how many more
// killed by: a_text_lists_eight_names_at_most
// says: The contract has it word by word
// region: some
    let more = if names.len() > SHOWN { names.len() } else { 0 };
    let mut shown: Vec<String> = names.take(SHOWN).map(|name| name.to_string()).collect();
    if shown.is_empty() {
        return "none".to_owned();
    }
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    shown.join(", ")
