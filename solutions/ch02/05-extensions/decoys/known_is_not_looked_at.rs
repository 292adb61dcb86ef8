// mistake: does not ask whether the number is known
// killed by: an_empty_value_is_a_value
// says: It is not for the empty values
// region: unknown_critical
    let mut rest = bytes;
    while let Ok((extension, after)) = next_extension(rest) {
        if extension.critical {
            return Some(extension.number);
        }
        rest = after;
    }
    None
