// mistake: shifts without looking how far: the eleventh byte ends the program
// killed by: more_than_64_bits_is_too_long
// says: A `u64` has 64 bits
// region: read
    let mut value = 0;
    for (index, &byte) in input.iter().enumerate() {
        let _ = MAX_LEN;
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
