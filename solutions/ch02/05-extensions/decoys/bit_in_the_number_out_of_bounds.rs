// mistake: leaves bit 7 in the number, and has no place for it in `seen`
// killed by: none_comes_twice
// says: after the critical bit is masked off
// region: next_extension
    let overruns = |needs| ExtensionFault::Overruns { needs, left: bytes.len() };
    let [kind, high, low, rest @ ..] = bytes else { return Err(overruns(EXTENSION_HEAD)) };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    let (value, after) = rest.split_at_checked(length).ok_or(overruns(EXTENSION_HEAD + length))?;
    Ok((Extension { number: *kind, critical: kind & CRITICAL != 0, value }, after))
