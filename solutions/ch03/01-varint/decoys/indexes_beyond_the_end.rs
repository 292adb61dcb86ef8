// mistake: reads byte after byte without looking whether there is one
// killed by: a_number_that_is_cut_is_truncated
// says: The input may end anywhere
// region: read
    let mut value = 0;
    let mut index = 0;
    loop {
        let byte = input[index];
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
        index += 1;
    }
