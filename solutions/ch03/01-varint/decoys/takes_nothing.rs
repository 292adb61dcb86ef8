// mistake: gives the number and leaves its bytes where they are
// killed by: a_number_comes_back
// says: You took nothing
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
            return Ok(value);
        }
    }
    Err(VarintError::Truncated)
