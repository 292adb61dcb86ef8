// mistake: writes no high bit at all
// killed by: three_hundred_is_two_bytes
// says: No byte says that more will come
// region: write
    let mut left = value;
    while left >= 0x80 {
        out.push(left as u8 & 0x7f);
        left >>= 7;
    }
    out.push(left as u8);
