//! Act 8: what a typed body still does not say.

use std::io::Write;

use ch02_protocol::{Frame, Reply, Status};
use ch03_codec::shop::{Request, Response};
use ch03_codec::{Body, Format, Marshaller};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::pair;

/// A server of somebody who misread the contract: it answers every question with a greeting.
fn greets_everybody(frame: &Frame) -> Reply {
    let marshaller = Marshaller::default();
    let format = Format { codec: frame.codec, compressor: 0 };
    let body = Body { format, bytes: frame.body.clone() };
    match marshaller.read::<Request>(&body) {
        Ok(_) => match marshaller.write(format, &Response::Greeting("Hello, order 42".into())) {
            Ok(body) => Reply { codec: body.format.codec, ..Reply::ok(body.bytes) },
            Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
        },
        Err(error) => Reply::new(error.status(), error.to_string()),
    }
}

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let (server, client) = pair(greets_everybody)?;
    let error = client.get_order(Format { codec: 1, compressor: 0 }, 42).err().ok_or("it gave an order")?;
    writeln!(out, "  get_order(42), asked of a server that compiles without a warning:")?;
    writeln!(out, "    {error}")?;
    writeln!(
        out,
        "\n  One more method is five places: a variant of Request, one of Response, an arm at the server,"
    )?;
    writeln!(out, "  a function at the client, and in it a match on answers that cannot come.")?;
    server.stop()?;
    Ok(json!({ "error": error.to_string() }))
}
