// mistake: clears what is in `out`
// killed by: write_appends
// says: `write` appends
// region: write
    out.clear();
    let mut left = value;
    while left >= 0x80 {
        out.push(left as u8 | 0x80);
        left >>= 7;
    }
    out.push(left as u8);
