//! Act 2: any format, chosen by one byte of the header. [S-08]

use std::io::Write;

use ch03_codec::shop::Request;
use ch03_codec::{CodecTable, Format, ShopService, shapes};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::pair;

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let (server, client) = pair(ShopService::default())?;
    let order = shapes::short_order();
    writeln!(out, "  One connection, one server, a format of the caller's choice for each call:\n")?;
    writeln!(out, "    id  codec      its answer, in bytes")?;
    let mut answers = serde_json::Map::new();
    for codec in CodecTable::default().iter() {
        let format = Format { codec: codec.id(), compressor: 0 };
        let id = client.place_order(format, &order.customer, order.items.clone(), order.note.clone())?;
        let (_, body) = client.call(format, &Request::GetOrder { id })?;
        writeln!(out, "    {:>2}  {:<9}  {}", codec.id(), codec.name(), body.bytes.len())?;
        answers.insert(codec.name().to_owned(), body.bytes.len().into());
    }
    let raw = Format { codec: 1, compressor: 0 };
    let unknown = Stranger::ask(&server, Format { codec: 9, ..raw })?;
    writeln!(out, "\n  A codec that the server does not know:\n    {unknown}")?;
    let squeezed = Stranger::ask(&server, Format { compressor: 9, ..raw })?;
    writeln!(out, "  A compressor that it does not know:\n    {squeezed}")?;
    let hello = client.say_hello(raw, "world")?;
    writeln!(out, "  The next call, on the same connection as all before:\n    {hello:?}")?;
    server.stop()?;
    Ok(
        json!({ "answer_bytes": answers, "unknown_codec": unknown, "unknown_compressor": squeezed, "then": hello }),
    )
}

/// A client that knows formats of another year.
struct Stranger;

impl Stranger {
    fn ask(server: &ch02_protocol::FrameServer, format: Format) -> Result<String, Failure> {
        use ch02_protocol::{ClientOptions, Frame, FrameClient, Kind};
        let client = FrameClient::connect(server.address(), &ClientOptions::default(), &Default::default())?;
        let Format { codec, compressor } = format;
        let frame = Frame { codec, compressor, ..Frame::new(Kind::Request, 0, "in a way of its own") };
        let reply = client.send(frame)?.wait()?;
        Ok(format!("{}: {}", reply.status, String::from_utf8_lossy(&reply.body)))
    }
}
