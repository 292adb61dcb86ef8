// mistake: writes all ten groups, whatever the number is
// killed by: a_small_number_is_one_byte
// says: longer than it must be
// region: write
    for index in 0..MAX_LEN {
        let more = if index < MAX_LEN - 1 { 0x80 } else { 0 };
        out.push((value >> (7 * index)) as u8 & 0x7f | more);
    }
