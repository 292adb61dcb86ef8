//! Act 4: what strangers send, and what it costs us. [P-02] [P-05]

use std::io::Write;
use std::time::Duration;

use ch02_protocol::{Frame, FrameDecoder, FrameLimits, Kind, ServerOptions};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::peer::Peer;
use super::start;

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    // Ten seconds is what a server would wait for the rest of a frame; here a reader waits with it.
    let server =
        start(ServerOptions { frame_timeout: Duration::from_millis(300), ..ServerOptions::default() })?;
    let good = Frame::new(Kind::Request, 1, "say_hello world").to_bytes()?;
    let with = |at: usize, new: &[u8]| {
        let mut bytes = good.clone();
        bytes[at..at + new.len()].copy_from_slice(new);
        bytes
    };
    let mut rows = Vec::new();
    for (who, bytes) in [
        ("a web browser", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec()),
        ("a TLS client", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec()),
        ("speaks version 2 of our protocol", with(4, &[2])),
        ("announces a header of 65,535 bytes", with(8, &[255, 255])),
        ("announces a body of 4 GiB", with(20, &[255; 4])),
        ("announces a body of 8 MiB, and falls silent", with(20, &(8_u32 << 20).to_be_bytes())),
    ] {
        let mut peer = Peer::connect(server.address())?;
        peer.say(&bytes)?;
        let goodbye = peer.reply()?;
        let memory = memory_for(&bytes);
        let why = String::from_utf8_lossy(&goodbye.body).into_owned();
        writeln!(out, "  {who} ({} bytes)", bytes.len())?;
        writeln!(out, "    it hears: {} {}", goodbye.kind, goodbye.status)?;
        writeln!(out, "      {}", why.replace(": expected", ":\n      expected"))?;
        writeln!(out, "    it makes us take: {memory} bytes of memory")?;
        rows.push(json!({ "who": who, "sent": bytes.len(), "status": goodbye.status.0, "why": why, "memory": memory }));
    }
    // The server is none the worse for it.
    let mut peer = Peer::connect(server.address())?;
    peer.say(&good)?;
    let reply = String::from_utf8_lossy(&peer.reply()?.body).into_owned();
    writeln!(out, "  and the next honest caller hears {reply:?}")?;
    server.stop()?;
    Ok(json!({ "rows": rows, "after": reply }))
}

/// How large the decoder's buffer is after these bytes, when the next read is due.
fn memory_for(bytes: &[u8]) -> usize {
    let mut decoder = FrameDecoder::new(FrameLimits::default());
    decoder.feed(bytes);
    match decoder.next_frame() {
        Ok(_) => decoder.room().capacity(),
        Err(_) => 0, // it has dropped its buffer, and will not read again
    }
}
