//! Act 6: three providers, in turn, and one of them is slow.

use std::io::Write;
use std::time::{Duration, Instant};

use ch04_proxy::orders::{OrderService as _, OrderServiceStub};
use ch04_proxy::{CallError, Filter, Invocation, Invoker, Reply};
use ch05_registry::embedded::{DEFAULT_TTL, Embedded, EmbeddedRegistry, RegistryOptions};
use ch05_registry::{ClientOptions, Published, Registry as _, RegistryClient};
use demo_kit::{Failure, Latency, show};
use serde_json::{Value, json};

use super::{by_name, port, shop};

const PATIENCE: Duration = Duration::from_secs(10);
const CALLS: usize = 99;

/// A provider whose disk is full, or whose neighbour is loud.
struct Slow(Duration);

impl Filter for Slow {
    fn call(&self, invocation: &Invocation, next: &dyn Invoker) -> Result<Reply, CallError> {
        std::thread::sleep(self.0);
        next.invoke(invocation)
    }
}

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let registry = EmbeddedRegistry::start(port()?, RegistryOptions::default())?;
    let client =
        || RegistryClient::new(Embedded::new(registry.address(), DEFAULT_TTL), ClientOptions::default());
    let (providers, caller) = (client(), client());
    let mut published = Vec::new();
    for builder in [shop(), shop(), shop().filter(Slow(Duration::from_millis(20)))] {
        published.push(Published::start(&providers, builder, port()?, Default::default(), |_| Ok(()))?);
    }
    let subscription = caller.subscribe(&OrderServiceStub::key())?;
    let mut version = 0;
    while subscription.snapshot().providers().len() < published.len() {
        version = subscription.wait_newer(version, PATIENCE).ok_or("not everybody is listed")?.version();
    }
    let orders = by_name(&subscription);
    let mut times = Vec::new();
    for _ in 0..CALLS {
        let start = Instant::now();
        orders.say_hello("Ann")?;
        times.push(start.elapsed());
    }
    let latency = Latency::of(times);
    writeln!(out, "  three providers, listed and alive; one takes 20 ms for what the others do at once")?;
    writeln!(
        out,
        "  {CALLS} calls, in turn: half of them below {}, one in a hundred above {}",
        show(latency.p50_us),
        show(latency.p99_us)
    )?;
    writeln!(
        out,
        "\n  Every third call goes to the slow one. The list says who is there, not whom to choose."
    )?;
    // Not one after the other: each waits for callers who have not heard.
    std::thread::scope(|scope| published.into_iter().for_each(|it| _ = scope.spawn(|| it.stop())));
    Ok(json!({ "calls": CALLS, "latency": latency }))
}
