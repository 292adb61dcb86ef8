//! Act 4: five servers under the same load. [T-06] [T-09]

use std::io::Write;
use std::sync::Barrier;
use std::time::{Duration, Instant};

use ch01_raw_tcp::{CallError, ClientOptions, Limits, Model, Orders, RemoteOrders};
use demo_kit::{Failure, Latency, OneCore, show};
use serde::Serialize;
use serde_json::{Value, json};

use super::start;

/// Callers at once in the second load: eight for each worker of the pool.
const CALLERS: usize = 32;

#[derive(Debug, Serialize)]
struct Row {
    model: &'static str,
    /// The most threads that worked for the server at once, under the second load.
    threads: usize,
    /// Calls that accept, wait or move bytes, by the server, per call of one caller.
    socket_calls_per_call: f64,
    /// Those of them that brought nothing.
    fruitless_per_call: f64,
    one_caller: Latency,
    many_callers: Latency,
}

pub fn play(calls: usize, out: &mut dyn Write) -> Result<Value, Failure> {
    let each = calls.div_ceil(4);
    writeln!(out, "  {calls} calls by one caller, on one core; then {CALLERS} callers at once,")?;
    writeln!(out, "  {each} calls each on its own connection")?;
    writeln!(out, "                               socket calls     one caller      {CALLERS} callers")?;
    writeln!(out, "  model                 threads per call (vain)   p50     p99     p50     p99")?;
    let mut rows = Vec::new();
    for &model in Model::ALL {
        let row = measure(model, calls, each)?;
        writeln!(
            out,
            "  {:21} {:>5}  {:>6.1} {:>7.1} {:>7} {:>7} {:>7} {:>7}",
            row.model,
            row.threads,
            row.socket_calls_per_call,
            row.fruitless_per_call,
            show(row.one_caller.p50_us),
            show(row.one_caller.p99_us),
            show(row.many_callers.p50_us),
            show(row.many_callers.p99_us),
        )?;
        rows.push(row);
    }
    Ok(json!({ "callers": CALLERS, "calls_each": each, "rows": rows }))
}

fn measure(model: Model, calls: usize, each: usize) -> Result<Row, Failure> {
    let (one_caller, used, vain) = measure_one(model, calls)?;
    let (many_callers, threads) = measure_many(model, each)?;
    Ok(Row {
        model: model.name(),
        threads,
        socket_calls_per_call: used as f64 / calls as f64,
        fruitless_per_call: vain as f64 / calls as f64,
        one_caller,
        many_callers,
    })
}

/// One caller: latency, the server's calls on sockets, and those of them in vain.
fn measure_one(model: Model, calls: usize) -> Result<(Latency, u64, u64), Failure> {
    let _pinned = OneCore::enter();
    let server = start(model, Limits::default())?;
    let caller = RemoteOrders::new(server.address(), ClientOptions::default());
    caller.say_hello("warm up")?; // the connection is opened outside the measurement
    let meter = server.meter();
    let (before, vain_before) = (meter.counts(), meter.fruitless());
    let latency = Latency::of(time_calls(&caller, calls)?);
    let used = meter.counts().since(&before).total();
    let vain = meter.fruitless() - vain_before;
    server.stop()?;
    Ok((latency, used, vain))
}

/// Many callers on all cores: latency, and the most threads that the server had.
fn measure_many(model: Model, each: usize) -> Result<(Latency, usize), Failure> {
    // Room for every caller: this act compares waiting, act 7 shows refusing.
    let server = start(model, Limits { queue: CALLERS, ..Limits::default() })?;
    let start_line = Barrier::new(CALLERS);
    let times: Vec<_> = std::thread::scope(|scope| {
        let callers: Vec<_> = (0..CALLERS)
            .map(|_| {
                scope.spawn(|| {
                    let orders = RemoteOrders::new(server.address(), ClientOptions::default());
                    start_line.wait();
                    time_calls(&orders, each)
                })
            })
            .collect();
        callers.into_iter().map(|caller| caller.join().expect("a caller does not panic")).collect()
    });
    let mut samples = Vec::new();
    for times in times {
        samples.extend(times?);
    }
    let threads = server.meter().peak_threads();
    server.stop()?;
    Ok((Latency::of(samples), threads))
}

fn time_calls(orders: &RemoteOrders, calls: usize) -> Result<Vec<Duration>, CallError> {
    (0..calls)
        .map(|_| {
            let start = Instant::now();
            orders.say_hello("world").map(|_| start.elapsed())
        })
        .collect()
}
