//! Act 3: the registry is killed, and starts again with an empty table.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};

use ch04_proxy::orders::{OrderService as _, OrderServiceStub};
use ch05_registry::embedded::{Embedded, EmbeddedRegistry, RegistryOptions};
use ch05_registry::{ClientOptions, Published, Registry as _, RegistryClient, Standing, Subscription};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::{by_name, port, shop};

const TTL: Duration = Duration::from_millis(900);
const PATIENCE: Duration = Duration::from_secs(10);

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let registry = start(port()?)?;
    let at = registry.address();
    let client = || RegistryClient::new(Embedded::new(at, TTL), ClientOptions::default());
    let (programs, caller) = (client(), client());
    let published = Published::start(&programs, shop(), port()?, Default::default(), |_| Ok(()))?;
    published.registrations()[0].wait_listed(PATIENCE)?;
    let subscription = caller.subscribe(&OrderServiceStub::key())?;
    stand(&subscription, |standing| *standing == Standing::Following)?;
    let orders = by_name(&subscription);
    let calls = |count: u32| (0..count).filter(|_| orders.say_hello("Ann").is_ok()).count();
    writeln!(out, "  registry up          {:<34} 100 calls: {} well", words(&subscription), calls(100))?;

    drop(registry);
    stand(&subscription, |standing| matches!(standing, Standing::Stale { .. }))?;
    let down = calls(100);
    writeln!(out, "  registry killed      {:<34} 100 calls: {down} well", words(&subscription))?;

    let version = subscription.snapshot().version();
    let start_again = Instant::now();
    let registry = start(bind_again(at)?)?;
    stand(&subscription, |standing| *standing == Standing::Following)?;
    let empty = registry.hub().is_empty();
    let back = calls(100);
    writeln!(
        out,
        "  registry back, {:<5} {:<34} 100 calls: {back} well",
        if empty { "empty" } else { "full" },
        words(&subscription)
    )?;
    while registry.hub().is_empty() {
        std::thread::yield_now();
    }
    let re_registered = start_again.elapsed();
    writeln!(
        out,
        "  the provider has entered itself again {} ms after the start",
        re_registered.as_millis()
    )?;
    let same = subscription.snapshot().version() == version;
    writeln!(out, "  the caller's list was {} all the time", if same { "the same" } else { "another one" })?;
    published.stop()?;
    Ok(json!({
        "well_while_down": down,
        "well_while_empty": back,
        "list_unchanged": same,
        "re_registered_ms": re_registered.as_millis(),
        "ttl_ms": TTL.as_millis(),
    }))
}

fn start(listener: TcpListener) -> Result<EmbeddedRegistry, Failure> {
    Ok(EmbeddedRegistry::start(listener, RegistryOptions { settle: TTL, ..Default::default() })?)
}

/// The same port, once the operating system gives it back.
fn bind_again(at: SocketAddr) -> Result<TcpListener, Failure> {
    let end = Instant::now() + PATIENCE;
    loop {
        match TcpListener::bind(at) {
            Err(_) if Instant::now() < end => std::thread::yield_now(),
            result => return Ok(result?),
        }
    }
}

fn stand(subscription: &Subscription, is: impl Fn(&Standing) -> bool) -> Result<(), Failure> {
    subscription.wait_standing(PATIENCE, is).map(|_| ()).ok_or_else(|| "the standing does not change".into())
}

fn words(subscription: &Subscription) -> String {
    let known = subscription.snapshot().providers().len();
    match subscription.standing() {
        Standing::Following => format!("the caller knows {known}, following"),
        Standing::Stale { .. } => format!("the caller knows {known}, perhaps old"),
        Standing::Connecting { .. } => format!("the caller knows {known}, connecting"),
    }
}
