// mistake: has no words for what is no text
// killed by: a_message_is_a_str_or_a_string
// says: words of your own
// region: message
    match payload.downcast_ref::<&str>() {
        Some(text) => text,
        None => payload.downcast_ref::<String>().map_or("", String::as_str),
    }
