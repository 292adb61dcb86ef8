//! Act 1: one call, byte by byte. [P-01]

use std::io::Write;
use std::time::Duration;

use ch02_protocol::{Extensions, Frame, Kind, ServerOptions, dissect};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::peer::Peer;
use super::start;

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let server = start(ServerOptions::default())?;
    let mut peer = Peer::connect(server.address())?;
    let extensions = Extensions::none().with_deadline(Duration::from_millis(1500));
    let request = Frame::new(Kind::Request, 7, "say_hello world").with_extensions(extensions).to_bytes()?;
    peer.say(&request)?;
    let reply = peer.reply()?;
    writeln!(out, "  The request, {} bytes:\n", request.len())?;
    show(out, &request)?;
    writeln!(out, "\n  The reply, {} bytes:\n", peer.heard.len())?;
    show(out, &peer.heard)?;
    server.stop()?;
    Ok(json!({
        "request_bytes": request.len(),
        "reply_bytes": peer.heard.len(),
        "status": reply.status.0,
        "body": String::from_utf8_lossy(&reply.body),
    }))
}

fn show(out: &mut dyn Write, bytes: &[u8]) -> Result<(), Failure> {
    for line in dissect(bytes).lines() {
        writeln!(out, "    {line}")?;
    }
    Ok(())
}
