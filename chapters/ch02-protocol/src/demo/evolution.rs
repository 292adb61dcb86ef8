//! Act 5: today's reader meets what a later version may send. [P-07]

use std::io::Write;

use ch02_protocol::{Extensions, Frame, Kind, ServerOptions};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::peer::Peer;
use super::start;

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let server = start(ServerOptions::default())?;
    let hello = || Frame::new(Kind::Request, 1, "say_hello world");
    let with = |number, critical| hello().with_extensions(Extensions::none().with(number, critical, b"?"));
    let [plain, mut kind, mut version] = [(); 3].map(|()| hello().to_bytes());
    if let (Ok(kind), Ok(version)) = (&mut kind, &mut version) {
        kind[5] = 7;
        version[4] = 2;
    }
    let mut rows = Vec::new();
    for (what, bytes) in [
        ("what we know", plain?),
        ("extension 99", with(99, false).to_bytes()?),
        ("extension 99, critical", with(99, true).to_bytes()?),
        ("a seventh kind of frame", kind?),
        ("version 2", version?),
    ] {
        let mut peer = Peer::connect(server.address())?;
        peer.say(&bytes)?;
        let answer = peer.reply()?;
        // Does the connection go on? A heartbeat shows it.
        peer.say(&Frame::new(Kind::Heartbeat, 0, "").to_bytes()?)?;
        let lives = peer.next()?.is_some();
        let says = format!("{} {}", answer.kind, answer.status);
        let then = if lives { "the connection goes on" } else { "the connection ends" };
        writeln!(out, "  {what:<25}{says:<35}{then}")?;
        rows.push(json!({ "sent": what, "answer": says, "lives": lives }));
    }
    server.stop()?;
    Ok(json!({ "rows": rows }))
}
