// mistake: takes ten bytes off the input, or all there are
// killed by: what_comes_behind_stays
// says: Take exactly the bytes
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
            *input = &input[input.len().min(MAX_LEN)..];
            return Ok(value);
        }
    }
    Err(VarintError::Truncated)
