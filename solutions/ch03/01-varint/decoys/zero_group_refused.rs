// mistake: takes a group of zeros in the middle for a form that is too long
// killed by: a_zero_in_the_middle_is_no_fault
// says: 80 in the middle is a group like any other
// region: read
    let mut value = 0;
    for (index, &byte) in input.iter().enumerate() {
        // The tenth byte has room for one bit.
        if index == MAX_LEN - 1 && byte > 1 {
            return Err(VarintError::TooLong);
        }
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x7f == 0 && index > 0 {
            return Err(VarintError::NotShortest);
        }
        if byte < 0x80 {
            *input = &input[index + 1..];
            return Ok(value);
        }
    }
    Err(VarintError::Truncated)
