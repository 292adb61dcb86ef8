// mistake: shifts an unsigned number: the sign is one bit, not sixty-four
// killed by: small_numbers_of_either_sign_stay_small
// says: because zeros come in
// region: zigzag
    ((value as u64) << 1) ^ (value as u64 >> 63)
