//! Act 7: what a header costs, and what it buys. One core, so that the scheduler is not what is measured.

use std::collections::VecDeque;
use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ch01_raw_tcp::meter::Counts;
use ch01_raw_tcp::{
    ClientOptions as LineOptions, Limits, LineClient, Meter, Model, OrderBook, OrderDispatcher, Service,
};
use ch02_protocol::client::Pending;
use ch02_protocol::{ClientOptions, Frame, FrameClient, FrameServer, HEADER_LEN, Kind, Lines, ServerOptions};
use demo_kit::{Failure, Latency, OneCore, show};
use serde_json::{Value, json};

const REQUEST: &str = "say_hello world";
const REPLY: &str = "Hello world";
/// Requests in flight at once on one connection: half of what the server allows it.
const IN_FLIGHT: usize = 32;
/// How long the slow service waits: a small question to a database.
const WAIT: Duration = Duration::from_millis(1);

pub fn play(calls: usize, out: &mut dyn Write) -> Result<Value, Failure> {
    let _core = OneCore::enter();
    let slow_calls = calls.div_ceil(10); // they take their time
    let (line, frame) = (lines(calls, Duration::ZERO)?, frames(calls)?);
    let (waiting, in_flight) = (lines(slow_calls, WAIT)?, pipelined(slow_calls)?);
    writeln!(out, "  bytes of a call    a line: {LINE_BYTES:?}, a frame: {FRAME_BYTES:?} (out, back)\n")?;
    let columns = ["", "calls", "system calls", "p50", "a second"];
    writeln!(
        out,
        "  {:<34}{:>6}{:>14}{:>9}{:>10}",
        columns[0], columns[1], columns[2], columns[3], columns[4]
    )?;
    for (title, row) in [
        ("answers at once  lines", &line),
        ("                 frames", &frame),
        ("waits 1 ms       lines", &waiting),
        ("                 32 frames at once", &in_flight),
    ] {
        let p50 = row.latency.map_or("–".into(), |latency| show(latency.p50_us));
        let (calls, system_calls, per_second) = (row.calls, row.system_calls, row.per_second);
        writeln!(out, "  {title:<34}{calls:>6}{system_calls:>14.2}{p50:>9}{per_second:>10.0}")?;
    }
    writeln!(out, "  (one connection each; system calls of the client, for each call)")?;
    Ok(json!({
        "lines": line.facts(), "frames": frame.facts(), "slow_lines": waiting.facts(),
        "slow_frames_in_flight": in_flight.facts(),
        "line_bytes": LINE_BYTES, "frame_bytes": FRAME_BYTES,
    }))
}

/// Out and back.
const LINE_BYTES: [usize; 2] = [REQUEST.len() + 1, "ok ".len() + REPLY.len() + 1];
/// Out and back.
const FRAME_BYTES: [usize; 2] = [HEADER_LEN + REQUEST.len(), HEADER_LEN + REPLY.len()];

struct Row {
    calls: usize,
    system_calls: f64,
    latency: Option<Latency>,
    per_second: f64,
}

impl Row {
    fn new(calls: usize, counts: &Counts, seconds: f64, latency: Option<Latency>) -> Self {
        let system_calls = counts.total() as f64 / calls as f64;
        Self { calls, system_calls, latency, per_second: calls as f64 / seconds }
    }

    fn facts(&self) -> Value {
        json!({
            "calls": self.calls, "system_calls": self.system_calls, "latency": self.latency,
            "per_second": self.per_second,
        })
    }
}

/// The order service, after a wait.
fn service(wait: Duration) -> impl Service {
    let orders = OrderDispatcher::<OrderBook>::default();
    move |request: &[u8]| {
        if !wait.is_zero() {
            std::thread::sleep(wait);
        }
        orders.call(request)
    }
}

fn lines(calls: usize, wait: Duration) -> Result<Row, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let server = Model::ThreadPerConnection.start(listener, Arc::new(service(wait)), Limits::default())?;
    let meter = Arc::new(Meter::default());
    let mut client = LineClient::connect(server.address(), LineOptions::default(), &meter)?;
    let row = one_at_a_time(calls, &meter, || {
        client.call(REQUEST.as_bytes())?;
        Ok(())
    })?;
    server.stop()?;
    Ok(row)
}

fn frames(calls: usize) -> Result<Row, Failure> {
    let server = frame_server(Duration::ZERO)?;
    let meter = Arc::new(Meter::default());
    let client = FrameClient::connect(server.address(), &ClientOptions::default(), &meter)?;
    let row = one_at_a_time(calls, &meter, || {
        client.call(REQUEST)?;
        Ok(())
    })?;
    drop(client);
    server.stop()?;
    Ok(row)
}

fn pipelined(calls: usize) -> Result<Row, Failure> {
    let server = frame_server(WAIT)?;
    let meter = Arc::new(Meter::default());
    let client = FrameClient::connect(server.address(), &ClientOptions::default(), &meter)?;
    client.call(REQUEST)?;
    let (before, began) = (meter.counts(), Instant::now());
    let mut waiting = VecDeque::new();
    for _ in 0..calls {
        if waiting.len() == IN_FLIGHT {
            waiting.pop_front().map(Pending::wait).transpose()?;
        }
        waiting.push_back(client.send(Frame::new(Kind::Request, 0, REQUEST))?);
    }
    for pending in waiting {
        pending.wait()?;
    }
    let (counts, seconds) = (meter.counts().since(&before), began.elapsed().as_secs_f64());
    drop(client);
    server.stop()?;
    Ok(Row::new(calls, &counts, seconds, None))
}

fn frame_server(wait: Duration) -> Result<FrameServer, Failure> {
    // A worker for each request in flight: they wait, they do not work.
    let options = ServerOptions { workers: IN_FLIGHT, ..ServerOptions::default() };
    let listener = TcpListener::bind("127.0.0.1:0")?;
    Ok(FrameServer::start(listener, Arc::new(Lines(service(wait))), options)?)
}

fn one_at_a_time(
    calls: usize,
    meter: &Meter,
    mut call: impl FnMut() -> Result<(), Failure>,
) -> Result<Row, Failure> {
    call()?; // the first one finds cold caches
    let mut samples = Vec::with_capacity(calls);
    let (before, began) = (meter.counts(), Instant::now());
    for _ in 0..calls {
        let start = Instant::now();
        call()?;
        samples.push(start.elapsed());
    }
    let seconds = began.elapsed().as_secs_f64();
    Ok(Row::new(calls, &meter.counts().since(&before), seconds, Some(Latency::of(samples))))
}
