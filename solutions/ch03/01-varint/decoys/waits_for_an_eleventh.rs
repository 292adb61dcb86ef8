// mistake: finds a number too long only when its eleventh byte comes
// killed by: more_than_64_bits_is_too_long
// says: The tenth byte tells
// region: read
    let mut value = 0;
    for (index, &byte) in input.iter().enumerate() {
        // The tenth byte has room for one bit.
        if index == MAX_LEN || (index == MAX_LEN - 1 && (2..0x80).contains(&byte)) {
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
    Err(VarintError::Truncated)
