//! Act 3: replies that overtake each other, and one that comes too late. [P-04]

use std::io::Write;
use std::net::TcpListener;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ch01_raw_tcp::Meter;
use ch02_protocol::{
    ClientOptions, Frame, FrameClient, FrameServer, FrameService, Kind, Reply, ServerOptions,
};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::peer::Peer;

/// "slow" is answered when somebody says so.
struct Slow {
    go_on: Mutex<Receiver<()>>,
}

impl FrameService for Slow {
    fn call(&self, request: &Frame) -> Reply {
        if &request.body[..] == b"slow" {
            let _ = self.go_on.lock().expect("no code panics while it holds this lock").recv();
        }
        Reply::ok(request.body.clone())
    }
}

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let (let_go, go_on) = channel();
    let service = Arc::new(Slow { go_on: Mutex::new(go_on) });
    // Two workers: one for the slow request, one for the others, which so stay in order among themselves.
    let options = ServerOptions { workers: 2, ..ServerOptions::default() };
    let server = FrameServer::start(TcpListener::bind("127.0.0.1:0")?, service, options)?;

    // 1. Three requests in one write; the first takes its time.
    let mut peer = Peer::connect(server.address())?;
    let requests = (1..).zip(["slow", "quick", "quick too"]);
    let bytes: Vec<Vec<u8>> = requests
        .map(|(id, body)| Frame::new(Kind::Request, id, body).to_bytes())
        .collect::<Result<_, _>>()?;
    peer.say(&bytes.concat())?;
    writeln!(out, "  asked, in one write:  id 1 \"slow\"   id 2 \"quick\"   id 3 \"quick too\"")?;
    let mut order = Vec::new();
    for number in 1..=3 {
        let reply = peer.reply()?;
        writeln!(
            out,
            "  answered:             id {} {:?}",
            reply.request_id,
            String::from_utf8_lossy(&reply.body)
        )?;
        order.push(reply.request_id);
        if number == 2 {
            let_go.send(())?;
        }
    }

    // 2. A caller whose patience ends, on a connection that goes on.
    let options = ClientOptions { call_timeout: Duration::from_millis(500), ..ClientOptions::default() };
    let client = FrameClient::connect(server.address(), &options, &Arc::new(Meter::default()))?;
    let error = client.call("slow").err().ok_or("nobody let it go")?;
    writeln!(out, "\n  a call of 500 ms:     {error}")?;
    let_go.send(())?; // now its reply is on the way
    while client.stats().late.load(Relaxed) == 0 && client.is_open() {
        std::thread::yield_now();
    }
    writeln!(out, "  its late reply:       nobody has that id any more; counted, dropped")?;
    let next = client.call("quick")?;
    writeln!(out, "  the next call:        {:?}, on the same connection", String::from_utf8_lossy(&next))?;
    writeln!(out, "  waiting in the table: {}", client.in_flight())?;
    let facts = json!({
        "asked": [1, 2, 3],
        "answered": order,
        "timed_out": error.to_string(),
        "late": client.stats().late.load(Relaxed),
        "in_flight": client.in_flight(),
        "next": String::from_utf8_lossy(&next),
    });
    drop(client);
    server.stop()?;
    Ok(facts)
}
