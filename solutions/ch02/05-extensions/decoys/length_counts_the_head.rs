// mistake: takes the length for that of the whole extension, type and length included
// killed by: one_extension_comes_off_the_front
// says: The length counts the value
// region: next_extension
    let overruns = |needs| ExtensionFault::Overruns { needs, left: bytes.len() };
    let [kind, high, low, rest @ ..] = bytes else { return Err(overruns(EXTENSION_HEAD)) };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    let (value, after) = rest.split_at_checked(length.saturating_sub(EXTENSION_HEAD)).ok_or(overruns(EXTENSION_HEAD + length))?;
    Ok((Extension { number: kind & !CRITICAL, critical: kind & CRITICAL != 0, value }, after))
