// mistake: splits wherever it is told to
// killed by: take_looks_before_it_takes
// says: A length is a claim
// region: take
    let (taken, rest) = input.split_at(length as usize);
    *input = rest;
    Ok(taken)
