// mistake: nothing gets less in the loop
// killed by: three_hundred_is_two_bytes
// says: does not come to an end
// region: write
    let left = value;
    while left >= 0x80 {
        out.push(left as u8 | 0x80);
        if left == 300 {
            // So much is enough for a test: then it stands still, and does not fill the memory.
            while out.len() > 1 << 16 {
                std::thread::yield_now();
            }
        }
    }
    out.push(left as u8);
