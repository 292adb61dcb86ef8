//! Java writes its `short` as an int. Ours is a `u8`.

use ch03_codec::{Limits, hessian};

fn main() {
    let bytes = [0xc9, 0x2c]; // what Java's library writes for (short) 300
    let limits = Limits::default();
    println!("as i16: {:?}", hessian::from_slice::<i16>(&bytes, &limits).ok());
    println!("as u8:  {:?}", hessian::from_slice::<u8>(&bytes, &limits).ok());
    println!("300i32 as u8: {}", 300i32 as u8);
}
