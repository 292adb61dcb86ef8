// mistake: takes bit 7 for a part of the number: 0x83 is another number than 3
// killed by: the_critical_bit_is_not_a_part_of_the_number
// says: the other seven say which it is
// region: next_extension
    let overruns = |needs| ExtensionFault::Overruns { needs, left: bytes.len() };
    let [kind, high, low, rest @ ..] = bytes else { return Err(overruns(EXTENSION_HEAD)) };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    let (value, after) = rest.split_at_checked(length).ok_or(overruns(EXTENSION_HEAD + length))?;
    Ok((Extension { number: *kind, critical: kind & CRITICAL != 0, value }, after))
