//! Act 7: more callers than a pool can take. The surplus is told so at once. [T-09]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use ch01_raw_tcp::meter::{Meter, Metered};
use ch01_raw_tcp::{Limits, Model};
use demo_kit::{Failure, Latency, show};
use serde_json::{Value, json};

const CALLERS: usize = 200;

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    // A service that answers only when the act says so: every worker stays busy.
    let (entered, wait_entered) = channel();
    let (let_go, go) = channel::<()>();
    let (entered, go) = (Mutex::new(entered), Mutex::new(go));
    let service = move |_: &[u8]| {
        let told = entered.lock().is_ok_and(|entered| entered.send(()).is_ok());
        // When the act is over the channel is closed, and the rest is let go too.
        let _ = told && go.lock().is_ok_and(|go| go.recv().is_ok());
        b"ok at last".to_vec()
    };
    let limits = Limits::default();
    let (workers, queue) = (limits.workers, limits.queue);
    let server = Model::WorkerPool.start(TcpListener::bind("127.0.0.1:0")?, Arc::new(service), limits)?;
    // Dropped before the server, so that a failure below does not leave its workers waiting for ever.
    let let_go = let_go;
    let meter = Arc::new(Meter::default());

    let mut waiting: Vec<Metered> = Vec::new();
    let mut refusals = Vec::new();
    for number in 0..CALLERS {
        let start = Instant::now();
        let mut caller = meter.connect(server.address(), Duration::from_secs(3))?;
        caller.socket().set_read_timeout(Some(Duration::from_secs(5)))?;
        if number < workers + queue {
            caller.write_all(b"work\n")?;
            if number < workers {
                wait_entered.recv()?; // it holds a worker now
            }
            waiting.push(caller);
        } else {
            let mut reply = String::new();
            caller.read_to_string(&mut reply)?;
            if !reply.starts_with("error busy") {
                return Err(format!("expected a refusal, got {reply:?}").into());
            }
            refusals.push(start.elapsed());
        }
    }
    let latency = Latency::of(refusals);
    writeln!(out, "  {CALLERS} callers, {workers} workers, a queue of {queue}")?;
    writeln!(out, "  {workers:>4} are served")?;
    writeln!(out, "  {queue:>4} wait for a worker")?;
    let refused = server.meter().refused();
    writeln!(
        out,
        "  {refused:>4} are refused, each within {} (p99): they can go elsewhere",
        show(latency.p99_us)
    )?;

    for _ in 0..waiting.len() {
        let_go.send(())?;
    }
    let mut answered = 0;
    for caller in &mut waiting {
        let mut reply = [0; 11];
        caller.read_exact(&mut reply)?;
        answered += usize::from(&reply == b"ok at last\n");
        // Leaving gives the worker to the next in the queue.
        caller.socket().shutdown(std::net::Shutdown::Both)?;
    }
    writeln!(out, "  {answered:>4} got their answer in the end: who was let in was served")?;
    drop(let_go);
    server.stop()?;
    Ok(json!({
        "callers": CALLERS, "workers": workers, "queue": queue,
        "refused": refused, "answered": answered, "refusal": latency,
    }))
}
