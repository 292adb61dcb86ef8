// mistake: gives the bytes and leaves them where they are
// killed by: take_takes_from_the_front
// says: leaves the rest there
// region: take
    let truncated = SkipError::Truncated { needed: length, left: input.len() };
    let length = usize::try_from(length).map_err(|_| truncated)?;
    let (taken, rest) = input.split_at_checked(length).ok_or(truncated)?;
    let _ = rest;
    Ok(taken)
