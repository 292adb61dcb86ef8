// mistake: cuts the length to 32 bits
// killed by: take_looks_before_it_takes
// says: length of 64 bits
// region: take
    let truncated = SkipError::Truncated { needed: length, left: input.len() };
    let (taken, rest) = input.split_at_checked(length as u32 as usize).ok_or(truncated)?;
    *input = rest;
    Ok(taken)
