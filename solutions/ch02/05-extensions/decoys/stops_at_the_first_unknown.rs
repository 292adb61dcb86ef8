// mistake: stops at the first number that it does not know: what stands behind it is never seen
// killed by: an_unknown_critical_one_is_named
// says: end your search
// region: unknown_critical
    let mut rest = bytes;
    while let Ok((extension, after)) = next_extension(rest) {
        if !known.contains(&extension.number) {
            return extension.critical.then_some(extension.number);
        }
        rest = after;
    }
    None
