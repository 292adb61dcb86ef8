//! What serde leaves out on one side only: a field of a struct, and a variant of an enum.

use ch03_codec::{CodecTable, Limits};
use serde::{Deserialize, Serialize};

// ANCHOR: types
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    id: u64,
    /// What it has cost us: nobody's business.
    #[serde(skip_serializing, default)]
    cost: i64,
    cents: i64,
    #[serde(default)]
    discount: i64,
}

#[derive(Debug, Serialize, Deserialize)]
enum Event {
    Ordered(u64),
    /// Stays in this program.
    #[serde(skip)]
    Looked,
    Paid(u64),
    Cancelled(u64),
}
// ANCHOR_END: types

fn main() {
    // None of these two is sent.
    let (_, _) = (Event::Ordered(0), Event::Looked);
    for codec in CodecTable::default().iter() {
        let line = codec.to_vec(&Line { id: 7, cost: 3000, cents: 4900, discount: -150 }).expect("a line");
        let event = codec.to_vec(&Event::Paid(7)).expect("an event");
        let line = match codec.from_slice::<Line>(&line, &Limits::default()) {
            Ok(Line { id, cost, cents, discount }) => format!("{id} {cost} {cents} {discount}"),
            Err(_) => "refused".into(),
        };
        let event: Event = codec.from_slice(&event, &Limits::default()).expect("some event");
        println!("{:<9} {line:<14} {event:?}", codec.name());
    }
}
