// mistake: folds in an i32
// killed by: the_largest_numbers_of_either_sign_fold
// says: zigzag(
// region: zigzag
    let value = value as i32;
    u64::from(((value << 1) ^ (value >> 31)) as u32)
