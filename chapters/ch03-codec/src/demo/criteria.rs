//! Act 7: the first two of the six criteria, measured. [S-02]

use std::hint::black_box;
use std::io::Write;
use std::time::Duration;

use ch03_codec::{CodecTable, Limits, shapes};
use demo_kit::{Failure, nanoseconds};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// How long each cell is measured: 60 of them make half a second.
const CELL: Duration = Duration::from_millis(8);

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    if cfg!(debug_assertions) {
        writeln!(out, "  This build is not optimised: sizes are true, times are not. The true ones:")?;
        writeln!(out, "    cargo run --release -p ch03-codec -- --act criteria\n")?;
    }
    let shapes = [
        shape(out, "a small call", &shapes::small_call())?,
        shape(out, "an order", &shapes::order())?,
        shape(out, "a list of 100 orders", &shapes::orders(100))?,
        shape(out, "a text of 4,000 bytes", &shapes::text())?,
        shape(out, "1,000 random bytes", &shapes::random_bytes())?,
    ];
    Ok(json!({ "optimised": !cfg!(debug_assertions), "shapes": shapes }))
}

fn shape<T: Serialize + DeserializeOwned>(
    out: &mut dyn Write,
    name: &str,
    value: &T,
) -> Result<Value, Failure> {
    writeln!(out, "  {name:<24}{:>8}{:>13}{:>13}", "bytes", "encode", "decode")?;
    let mut rows = serde_json::Map::new();
    for codec in CodecTable::default().iter() {
        let bytes = codec.to_vec(value)?;
        let limits = Limits::default();
        let encode = nanoseconds(CELL, || _ = black_box(codec.to_vec(black_box(value))));
        let decode = nanoseconds(CELL, || _ = black_box(codec.from_slice::<T>(black_box(&bytes), &limits)));
        writeln!(out, "    {:<22}{:>8}{encode:>10.0} ns{decode:>10.0} ns", codec.name(), bytes.len())?;
        let row = json!({ "bytes": bytes.len(), "encode_ns": encode, "decode_ns": decode });
        rows.insert(codec.name().into(), row);
    }
    Ok(json!({ "shape": name, "formats": rows }))
}
