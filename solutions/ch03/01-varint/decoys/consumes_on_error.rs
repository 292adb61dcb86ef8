// mistake: takes bytes off the input while it looks at them
// killed by: a_number_that_is_cut_is_truncated
// says: After an error `input` is as it was
// region: read
    let mut value = 0;
    let mut index = 0;
    while let Some((&byte, rest)) = input.split_first() {
        *input = rest;
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
        index += 1;
    }
    Err(VarintError::Truncated)
