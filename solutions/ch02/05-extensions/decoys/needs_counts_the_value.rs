// mistake: says how long the value is, and leaves out the three bytes before it
// killed by: an_extension_that_overruns_is_refused
// says: counts type, length and value
// region: next_extension
    let overruns = |needs| ExtensionFault::Overruns { needs, left: bytes.len() };
    let [kind, high, low, rest @ ..] = bytes else { return Err(overruns(EXTENSION_HEAD)) };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    let (value, after) = rest.split_at_checked(length).ok_or(overruns(length))?;
    Ok((Extension { number: kind & !CRITICAL, critical: kind & CRITICAL != 0, value }, after))
