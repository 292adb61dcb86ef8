// mistake: gives what it has when the input ends
// killed by: a_number_that_is_cut_is_truncated
// says: Half a number is not
// region: read
    let mut value = 0;
    for (index, &byte) in input.iter().enumerate() {
        // The tenth byte has room for one bit.
        if index == MAX_LEN - 1 && byte > 1 {
            return Err(VarintError::TooLong);
        }
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte < 0x80 {
            if byte == 0 && index > 0 {
                return Err(VarintError::NotShortest);
            }
            *input = &input[index + 1..];
            return Ok(value);
        }
    }
    if value > 0 {
        *input = &[];
        return Ok(value);
    }
    Err(VarintError::Truncated)
