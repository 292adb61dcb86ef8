// mistake: the high bit says that this is the end
// killed by: three_hundred_is_two_bytes
// says: the wrong way round
// region: write
    let mut left = value;
    while left >= 0x80 {
        out.push(left as u8 & 0x7f);
        left >>= 7;
    }
    out.push(left as u8 | 0x80);
