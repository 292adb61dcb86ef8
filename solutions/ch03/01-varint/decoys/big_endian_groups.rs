// mistake: the highest seven bits first
// killed by: three_hundred_is_two_bytes
// says: in the wrong order
// region: write
    let mut groups = vec![value as u8 & 0x7f];
    let mut left = value >> 7;
    while left > 0 {
        groups.push(left as u8 | 0x80);
        left >>= 7;
    }
    groups.reverse();
    out.extend(groups);
