// mistake: refuses a frame for something that need not be known
// killed by: what_is_not_critical_is_stepped_over
// says: acts as if it were not there
// region: unknown_critical
    let mut rest = bytes;
    while let Ok((extension, after)) = next_extension(rest) {
        if !known.contains(&extension.number) {
            return Some(extension.number);
        }
        rest = after;
    }
    None
