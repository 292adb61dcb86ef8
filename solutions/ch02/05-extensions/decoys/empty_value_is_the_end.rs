// mistake: takes an empty value for the end of the list
// killed by: an_empty_value_is_a_value
// says: A length of 0 is a length like any other
// region: find
    let mut rest = bytes;
    while let Ok((extension, after)) = next_extension(rest) {
        if extension.value.is_empty() {
            break;
        }
        if extension.number == number {
            return Some(extension.value);
        }
        rest = after;
    }
    None
