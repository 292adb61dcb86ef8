// mistake: looks for the byte of the type anywhere, in values too
// killed by: the_value_of_a_number_is_found
// says: They are a value
// region: find
    for at in 0..bytes.len() {
        if let Ok((extension, _)) = next_extension(&bytes[at..])
            && extension.number == number
        {
            return Some(extension.value);
        }
    }
    None
