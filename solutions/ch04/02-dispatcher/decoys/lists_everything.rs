// mistake: lists all the names there are
// killed by: a_text_lists_eight_names_at_most
// says: The text is long
// region: some
        let shown: Vec<String> = names.map(|name| name.to_string()).collect();
        if shown.is_empty() { "none".to_owned() } else { shown.join(", ") }
