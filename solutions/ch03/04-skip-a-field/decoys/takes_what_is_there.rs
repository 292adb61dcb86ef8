// mistake: takes less when there is less
// killed by: take_looks_before_it_takes
// says: A length is a claim
// region: take
    let length = usize::try_from(length).unwrap_or(usize::MAX).min(input.len());
    let (taken, rest) = input.split_at(length);
    *input = rest;
    Ok(taken)
