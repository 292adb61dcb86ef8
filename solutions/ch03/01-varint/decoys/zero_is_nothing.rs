// mistake: a loop while there are bits left writes no byte for 0
// killed by: a_small_number_is_one_byte
// says: You wrote nothing at all
// region: write
    let mut left = value;
    while left > 0 {
        let more = if left >= 0x80 { 0x80 } else { 0 };
        out.push(left as u8 & 0x7f | more);
        left >>= 7;
    }
