// mistake: slices by a length that a stranger has sent
// killed by: an_extension_that_overruns_is_refused
// says: panicked over bytes from a stranger
// region: next_extension
    let length = usize::from(u16::from_be_bytes([bytes[1], bytes[2]]));
    let (value, after) = bytes[EXTENSION_HEAD..].split_at(length);
    Ok((Extension { number: bytes[0] & !CRITICAL, critical: bytes[0] & CRITICAL != 0, value }, after))
