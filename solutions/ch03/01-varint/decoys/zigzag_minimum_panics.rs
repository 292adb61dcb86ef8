// mistake: -value * 2 - 1: the smallest number has no positive twin
// killed by: the_largest_numbers_of_either_sign_fold
// says: has no positive twin
// region: zigzag
    if value < 0 { (-value) as u64 * 2 - 1 } else { value as u64 * 2 }
