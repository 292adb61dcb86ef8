// mistake: cuts the list, and does not say so
// killed by: a_text_lists_eight_names_at_most
// says: The contract has it word by word
// region: some
    let more = names.len().saturating_sub(SHOWN);
    let _ = more;
    let shown: Vec<String> = names.take(SHOWN).map(|name| name.to_string()).collect();
    if shown.is_empty() {
        return "none".to_owned();
    }
    shown.join(", ")
