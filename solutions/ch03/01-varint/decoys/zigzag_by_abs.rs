// mistake: twice the absolute value, one more if negative
// killed by: small_numbers_of_either_sign_stay_small
// says: -1 is 1, not 3
// region: zigzag
    let doubled = value.unsigned_abs().wrapping_mul(2);
    if value < 0 { doubled.wrapping_add(1) } else { doubled }
