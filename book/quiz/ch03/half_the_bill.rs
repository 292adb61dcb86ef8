//! A quantity changes its type, and every old value fits into the new one.

use ch03_codec::{CodecError, CodecTable, Limits};

fn main() -> Result<(), CodecError> {
    let table = CodecTable::default();
    for codec in table.iter() {
        let bytes = codec.to_vec(&300u32)?;
        let read: i64 = codec.from_slice(&bytes, &Limits::default())?;
        println!("{:<9} {read}", codec.name());
    }
    Ok(())
}
