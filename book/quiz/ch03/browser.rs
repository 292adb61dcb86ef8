//! A number on its way through a reader that has doubles only.

use ch03_codec::{CodecError, CodecTable, Limits};

fn main() -> Result<(), CodecError> {
    let table = CodecTable::default();
    let json = table.by_name("json").expect("it is in the table");
    let bytes = json.to_vec(&9_007_199_254_740_993u64)?;
    println!("on the wire: {}", String::from_utf8_lossy(&bytes));
    println!("as u64:      {}", json.from_slice::<u64>(&bytes, &Limits::default())?);
    println!("as f64:      {}", json.from_slice::<f64>(&bytes, &Limits::default())?);
    Ok(())
}
