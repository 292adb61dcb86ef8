//! Nine bytes that announce 2^60 of something.

use ch03_codec::{CodecTable, Limits};

fn main() {
    let bytes = [&[0xfd][..], &(1u64 << 60).to_le_bytes()].concat();
    let table = CodecTable::default();
    let bincode = table.by_name("bincode").expect("it is in the table");
    let text = bincode.from_slice::<String>(&bytes, &Limits::default());
    let nothings = bincode.from_slice::<Vec<()>>(&bytes, &Limits::default());
    println!("a text: {}", if text.is_err() { "refused" } else { "read" });
    println!("nothings: {}", nothings.map_or_else(|error| error.to_string(), |list| list.len().to_string()));
}
