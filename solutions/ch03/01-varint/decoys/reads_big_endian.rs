// mistake: takes the first byte for the highest seven bits
// killed by: a_number_comes_back
// says: from the wrong end
// region: read
    let mut value: u64 = 0;
    for (index, &byte) in input.iter().enumerate() {
        if index == MAX_LEN - 1 && byte > 1 {
            return Err(VarintError::TooLong);
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if byte < 0x80 {
            if byte == 0 && index > 0 {
                return Err(VarintError::NotShortest);
            }
            *input = &input[index + 1..];
            return Ok(value);
        }
    }
    Err(VarintError::Truncated)
