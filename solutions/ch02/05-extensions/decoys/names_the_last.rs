// mistake: goes on to the end and names the last one
// killed by: an_unknown_critical_one_is_named
// says: another one was named
// region: unknown_critical
    let mut rest = bytes;
    let mut last = None;
    while let Ok((extension, after)) = next_extension(rest) {
        if extension.critical && !known.contains(&extension.number) {
            last = Some(extension.number);
        }
        rest = after;
    }
    last
