// mistake: only moves the bits up
// killed by: small_numbers_of_either_sign_stay_small
// says: did nothing with the sign
// region: zigzag
    (value << 1) as u64
