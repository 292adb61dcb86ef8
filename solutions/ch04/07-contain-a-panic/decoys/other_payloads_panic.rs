// mistake: takes for granted that there is a text
// killed by: a_message_is_a_str_or_a_string
// says: `downcast_ref` gives None when it is another one
// region: message
    match payload.downcast_ref::<&str>() {
        Some(text) => text,
        None => payload.downcast_ref::<String>().expect("a panic has a text"),
    }
