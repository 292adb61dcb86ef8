// mistake: looks at the second byte of the length only; values above 255 bytes break the header
// killed by: the_length_has_two_bytes
// says: You looked at the second byte
// region: next_extension
    let overruns = |needs| ExtensionFault::Overruns { needs, left: bytes.len() };
    let [kind, high, low, rest @ ..] = bytes else { return Err(overruns(EXTENSION_HEAD)) };
    let length = {
        let _ = high;
        usize::from(*low)
    };
    let (value, after) = rest.split_at_checked(length).ok_or(overruns(EXTENSION_HEAD + length))?;
    Ok((Extension { number: kind & !CRITICAL, critical: kind & CRITICAL != 0, value }, after))
