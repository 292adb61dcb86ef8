//! How many bytes a number takes.

use ch03_codec::tagged::varint::{write, zigzag};

fn main() {
    let bytes = |number: u64| {
        let mut out = Vec::new();
        write(number, &mut out);
        out.len()
    };
    println!(
        "127: {}, 128: {}, 2^32: {}, 2^64 - 1: {}",
        bytes(127),
        bytes(128),
        bytes(1 << 32),
        bytes(u64::MAX)
    );
    println!(
        "-1 as u64: {}, -1 folded: {}, -65 folded: {}",
        bytes(-1i64 as u64),
        bytes(zigzag(-1)),
        bytes(zigzag(-65))
    );
}
