//! Act 5: what it costs to connect for every call. [T-03]

use std::io::Write;
use std::time::{Duration, Instant};

use ch01_raw_tcp::{CallError, ClientOptions, Limits, Model, Orders, RemoteOrders};
use demo_kit::{Failure, Latency, OneCore, show};
use serde::Serialize;
use serde_json::{Value, json};

use super::start;

#[derive(Debug, Serialize)]
struct Row {
    /// connect, accept, send and receive by both ends, per call. (Making, configuring and closing sockets
    /// comes on top; `strace -c -f` shows those too.)
    socket_calls_per_call: f64,
    connections: u64,
    latency: Latency,
}

pub fn play(calls: usize, out: &mut dyn Write) -> Result<Value, Failure> {
    let long = measure(calls, false)?;
    let short = measure(calls, true)?;
    writeln!(out, "  {calls} calls                 connections   socket calls per call    p50      p99")?;
    for (name, row) in [("one long connection", &long), ("a connection per call", &short)] {
        writeln!(
            out,
            "  {name:24} {:>9}   {:>14.1}        {:>9} {:>8}",
            row.connections,
            row.socket_calls_per_call,
            show(row.latency.p50_us),
            show(row.latency.p99_us)
        )?;
    }
    let times = short.latency.p50_us / long.latency.p50_us;
    writeln!(
        out,
        "  {times:.1} times as long, on a network of length zero.\n  Every real one adds a round trip."
    )?;
    Ok(json!({ "long": long, "short": short }))
}

fn measure(calls: usize, connect_each_time: bool) -> Result<Row, Failure> {
    let _pinned = OneCore::enter();
    let server = start(Model::ThreadPerConnection, Limits::default())?;
    let mut stub = RemoteOrders::new(server.address(), ClientOptions::default());
    stub.say_hello("warm up")?;
    let mut client_calls = 0;
    let mut connections = 1;
    let server_before = server.meter().counts();
    let mut before = stub.meter().counts();
    let mut samples: Vec<Duration> = Vec::with_capacity(calls);
    for _ in 0..calls {
        if connect_each_time {
            client_calls += stub.meter().counts().since(&before).total();
            stub = RemoteOrders::new(server.address(), ClientOptions::default());
            before = stub.meter().counts();
            connections += 1;
        }
        let start = Instant::now();
        stub.say_hello("world").map_err(|error: CallError| error)?;
        samples.push(start.elapsed());
    }
    client_calls += stub.meter().counts().since(&before).total();
    drop(stub);
    let server_calls = server.meter().counts().since(&server_before).total();
    server.stop()?;
    Ok(Row {
        socket_calls_per_call: (client_calls + server_calls) as f64 / calls as f64,
        connections,
        latency: Latency::of(samples),
    })
}
