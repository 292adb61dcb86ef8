// mistake: clears the bit and forgets it
// killed by: the_critical_bit_is_not_a_part_of_the_number
// says: how important it is
// region: next_extension
    let overruns = |needs| ExtensionFault::Overruns { needs, left: bytes.len() };
    let [kind, high, low, rest @ ..] = bytes else { return Err(overruns(EXTENSION_HEAD)) };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    let (value, after) = rest.split_at_checked(length).ok_or(overruns(EXTENSION_HEAD + length))?;
    Ok((Extension { number: kind & !CRITICAL, critical: false, value }, after))
