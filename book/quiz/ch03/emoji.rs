//! Three lengths of one text, and the one that Hessian2 writes.

use ch03_codec::hessian::{self, Error};

fn main() -> Result<(), Error> {
    let text = "a😀";
    println!("bytes {}, chars {}, UTF-16 {}", text.len(), text.chars().count(), text.encode_utf16().count());
    println!("{:02x?}", hessian::to_vec(text)?);
    Ok(())
}
