//! A field is put where it looks best, in the middle.

use ch03_codec::{CodecError, Limits, tagged};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct New {
    id: u64,
    priority: u32,
    quantity: u32,
    cents: i64,
}

#[derive(Debug, Deserialize)]
struct Old {
    id: u64,
    quantity: u32,
    cents: i64,
}

fn main() -> Result<(), CodecError> {
    let bytes =
        tagged::to_vec(&New { id: 7, priority: 1, quantity: 300, cents: 4900 }).expect("it can be written");
    let Old { id, quantity, cents } = tagged::from_slice(&bytes, &Limits::default())?;
    println!("order {id}: {quantity} for {cents} cents each");
    Ok(())
}
