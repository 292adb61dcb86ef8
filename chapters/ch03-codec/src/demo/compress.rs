//! Act 6: when fewer bytes cost more. [S-10]

use std::io::Write;

use ch03_codec::compress::{Compressor, Deflate, Gzip, Policy, Zlib};
use ch03_codec::shop::Request;
use ch03_codec::{Format, Limits, ShopService, shapes, tagged};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::pair;

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let orders = shapes::orders(100);
    let bodies = [
        ("hello, json", serde_json::to_vec(&Request::SayHello { name: "world".into() })?),
        ("one order, json", serde_json::to_vec(&orders[0])?),
        ("100 orders, json", serde_json::to_vec(&orders)?),
        ("100 orders, tagged", tagged::to_vec(&orders)?),
        ("a text", shapes::text().into_bytes()),
        ("random bytes", shapes::random_bytes().repeat(1)),
        ("the same, 4 times", shapes::random_bytes().repeat(4)),
    ];
    writeln!(out, "  {:<20}{:>8}{:>9}{:>8}{:>8}   sent", "", "raw", "deflate", "zlib", "gzip")?;
    let mut facts = Vec::new();
    for (name, body) in bodies {
        let [deflate, zlib, gzip] =
            [&Deflate as &dyn Compressor, &Zlib, &Gzip].map(|compressor| compressor.compress(&body).len());
        let raw = body.len();
        let sent = Policy::default().pack(Some(&Deflate), body);
        let how = if sent.compressor == 0 { "raw" } else { "deflate" };
        writeln!(out, "  {name:<20}{raw:>8}{deflate:>9}{zlib:>8}{gzip:>8}   {how}")?;
        facts.push(json!({
            "body": name, "raw": raw, "deflate": deflate, "zlib": zlib, "gzip": gzip, "sent": how,
        }));
    }
    let answer = negotiate(out)?;
    let bomb = Gzip.compress(&vec![0; 64 << 20]);
    let limit = Limits::default().max_total;
    let error = Gzip.decompress(&bomb, limit).err().ok_or("the bomb went off")?;
    writeln!(out, "\n  64 MiB of zeros, as gzip: {} bytes. Unpacked here: {error}", bomb.len())?;
    Ok(
        json!({ "bodies": facts, "answer": answer, "bomb": { "bytes": bomb.len(), "error": error.to_string() } }),
    )
}

/// A short question, sent raw, whose answer is long.
fn negotiate(out: &mut dyn Write) -> Result<Value, Failure> {
    let (server, client) = pair(ShopService::default())?;
    let (raw, accepting) = (Format { codec: 1, compressor: 0 }, Format { codec: 1, compressor: 1 });
    for order in shapes::orders(100) {
        client.place_order(raw, &order.customer, order.items, order.note)?;
    }
    let question = Request::ListOrders { from: 1, count: 100 };
    let mut lengths = [0, 0];
    for (format, length) in [raw, accepting].into_iter().zip(&mut lengths) {
        let (_, body) = client.call(format, &question)?;
        *length = body.bytes.len();
    }
    let [plain, packed] = lengths;
    writeln!(out, "\n  A question of {} bytes, sent raw; its answer:", serde_json::to_vec(&question)?.len())?;
    writeln!(out, "    {plain:>6} bytes when it accepts nothing")?;
    writeln!(out, "    {packed:>6} bytes when it accepts deflate (extension 4)")?;
    server.stop()?;
    Ok(json!({ "plain": plain, "packed": packed }))
}
