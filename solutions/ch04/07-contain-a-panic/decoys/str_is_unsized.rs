// mistake: asks for a text that owns itself twice
// killed by: a_message_is_a_str_or_a_string
// says: each give a text for one of the two ways
// region: message
    payload.downcast_ref::<Box<str>>().map_or("(no text)", |text| text)
