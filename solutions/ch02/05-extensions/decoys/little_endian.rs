// mistake: reads the length backwards
// killed by: the_length_has_two_bytes
// says: You read the length backwards
// region: next_extension
    let overruns = |needs| ExtensionFault::Overruns { needs, left: bytes.len() };
    let [kind, high, low, rest @ ..] = bytes else { return Err(overruns(EXTENSION_HEAD)) };
    let length = usize::from(u16::from_le_bytes([*high, *low]));
    let (value, after) = rest.split_at_checked(length).ok_or(overruns(EXTENSION_HEAD + length))?;
    Ok((Extension { number: kind & !CRITICAL, critical: kind & CRITICAL != 0, value }, after))
