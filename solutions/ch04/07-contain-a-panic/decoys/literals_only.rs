// mistake: knows literals only
// killed by: a_message_is_a_str_or_a_string
// says: each give a text for one of the two ways
// region: message
    payload.downcast_ref::<&str>().copied().unwrap_or("(no text)")
