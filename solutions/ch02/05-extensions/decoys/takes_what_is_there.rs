// mistake: makes a short value of one that is cut off
// killed by: an_extension_that_overruns_is_refused
// says: Half a value is no value
// region: next_extension
    let overruns = |needs| ExtensionFault::Overruns { needs, left: bytes.len() };
    let [kind, high, low, rest @ ..] = bytes else { return Err(overruns(EXTENSION_HEAD)) };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    let (value, after) = rest.split_at(length.min(rest.len()));
    Ok((Extension { number: kind & !CRITICAL, critical: kind & CRITICAL != 0, value }, after))
