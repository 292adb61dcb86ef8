//! Act 6: is anybody still there? Seventy-five times faster than in earnest. [H-01]

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use ch01_raw_tcp::Meter;
use ch02_protocol::{ClientOptions, FrameClient, ServerOptions};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::start;

/// In earnest: 15 s.
const EVERY: Duration = Duration::from_millis(200);
/// In earnest: 60 s.
const IDLE: Duration = Duration::from_millis(800);

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let meter = Arc::new(Meter::default());
    let options = ClientOptions { heartbeat_every: EVERY, ..ClientOptions::default() };
    writeln!(out, "  A heartbeat after {EVERY:?} of silence; the server leaves after {IDLE:?}.\n")?;

    // 1. Nothing to say, for longer than the server would listen to nothing.
    let server = start(ServerOptions { idle_timeout: IDLE, ..ServerOptions::default() })?;
    let client = FrameClient::connect(server.address(), &options, &meter)?;
    std::thread::sleep(IDLE * 2);
    let beats = client.stats().heartbeats.load(Relaxed);
    let hello = client.call("say_hello world")?;
    writeln!(out, "  an idle client    silent for {:?}, {beats} heartbeats, all answered", IDLE * 2)?;
    writeln!(out, "                    then a call: {:?}", String::from_utf8_lossy(&hello))?;
    drop(client);
    server.stop()?;

    // 2. A server that accepts, and then stands still: alive for the kernel, dead for us.
    let stuck = TcpListener::bind("127.0.0.1:0")?;
    let client = FrameClient::connect(stuck.local_addr()?, &options, &meter)?;
    let began = Instant::now();
    let error = client.call("say_hello world").err().ok_or("a stuck server has answered")?;
    let took = began.elapsed();
    let asked = client.stats().heartbeats.load(Relaxed);
    writeln!(
        out,
        "  a stuck server    {asked} heartbeats unanswered: given up after {} ms",
        took.as_millis()
    )?;
    writeln!(out, "                    {error}")?;
    writeln!(out, "                    (the call itself would have waited for {:?})", options.call_timeout)?;
    Ok(json!({
        "idle": { "heartbeats": beats, "then": String::from_utf8_lossy(&hello) },
        "stuck": { "heartbeats": asked, "took_ms": took.as_millis() as u64, "error": error.to_string() },
    }))
}
