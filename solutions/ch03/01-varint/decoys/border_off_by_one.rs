// mistake: `>` for `>=`: at 128 and 16,384 the last byte is forgotten
// killed by: every_border_has_its_length
// says: Look at the border
// region: write
    let mut left = value;
    while left > 0x80 {
        out.push(left as u8 | 0x80);
        left >>= 7;
    }
    out.push(left as u8);
