//! Act 9: what a body cannot say. Chapter 3 begins here.

use std::io::Write;

use ch02_protocol::{Frame, Kind, ServerOptions};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::peer::Peer;
use super::start;

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let server = start(ServerOptions::default())?;
    let mut peer = Peer::connect(server.address())?;
    let mut id = 0;
    let mut ask = |codec, body: &'static str| -> Result<(String, String), Failure> {
        id += 1;
        let request = Frame { codec, ..Frame::new(Kind::Request, id, body) };
        peer.say(&request.to_bytes()?)?;
        let reply = peer.reply()?;
        Ok((reply.status.to_string(), String::from_utf8_lossy(&reply.body).into_owned()))
    };
    let number = ask(0, "place_order 4294967295 keyboards")?;
    writeln!(out, "  A number of four bytes takes ten: \"4294967295\", and is read letter by letter.")?;
    let two = ask(0, "place_order 2 blue keyboard from Ann")?;
    let stored = ask(0, "get_order 2")?;
    writeln!(out, "\n  Two texts have no border between them. Who ordered what?")?;
    writeln!(out, "    sent    \"place_order 2 blue keyboard from Ann\"")?;
    writeln!(out, "    stored  {:?}", stored.1)?;
    let other = ask(9, r#"{"method":"place_order","quantity":2}"#)?;
    writeln!(out, "\n  The codec byte says how a body is written. We know one way, 0:")?;
    writeln!(out, "    sent    {{\"method\":\"place_order\",\"quantity\":2}}")?;
    writeln!(out, "    answer  {}: {}", other.0, other.1)?;
    server.stop()?;
    Ok(json!({ "number": number.1, "two": two.1, "stored": stored.1, "codec_9": other.0 }))
}
