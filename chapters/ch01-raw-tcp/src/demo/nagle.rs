//! Act 6: two small writes, and forty milliseconds that nobody ordered. [T-01]

use std::io::{Read, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ch01_raw_tcp::meter::Meter;
use ch01_raw_tcp::{Limits, Model, ServerHandle};
use demo_kit::{Failure, Latency, show};
use serde_json::{Value, json};

use super::start;

/// 20 calls: with 40 ms each still under a second.
const CALLS: usize = 20;

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let server = start(Model::ThreadPerConnection, Limits::default())?;
    let split = measure(&server, &[b"say_hello ", b"world\n"], false)?;
    let joined = measure(&server, &[b"say_hello world\n"], false)?;
    let nodelay = measure(&server, &[b"say_hello ", b"world\n"], true)?;
    server.stop()?;
    for (name, latency) in [
        ("two writes, TCP_NODELAY off (the default)", split),
        ("one write,  TCP_NODELAY off", joined),
        ("two writes, TCP_NODELAY on", nodelay),
    ] {
        writeln!(out, "  {name:44} p50 {:>8}   p99 {:>8}", show(latency.p50_us), show(latency.p99_us))?;
    }
    writeln!(out, "  Nagle waits for an acknowledgement, the receiver delays it:")?;
    writeln!(out, "  each is polite, together they stall.")?;
    Ok(json!({ "two_writes": split, "one_write": joined, "two_writes_nodelay": nodelay }))
}

fn measure(server: &ServerHandle, pieces: &[&[u8]], nodelay: bool) -> Result<Latency, Failure> {
    let meter = Arc::new(Meter::default());
    let mut stream = meter.connect(server.address(), Duration::from_secs(3))?;
    stream.socket().set_nodelay(nodelay)?;
    stream.socket().set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut samples = Vec::with_capacity(CALLS);
    let mut buffer = [0; 256];
    for _ in 0..CALLS {
        let start = Instant::now();
        for piece in pieces {
            stream.write_all(piece)?;
        }
        let mut last = 0;
        while last != b'\n' {
            let count = stream.read(&mut buffer)?;
            last = *buffer[..count].last().ok_or("the server closed the connection")?;
        }
        samples.push(start.elapsed());
    }
    Ok(Latency::of(samples))
}
