//! Act 5: asking the registry, asking behind a lock, reading a snapshot.

use std::hint::black_box;
use std::io::Write;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use ch04_proxy::ServiceKey;
use ch04_proxy::orders::OrderServiceStub;
use ch05_registry::backend::{Backend as _, Watch as _};
use ch05_registry::embedded::{DEFAULT_TTL, Embedded, EmbeddedRegistry, RegistryOptions};
use ch05_registry::{ClientOptions, Endpoint, Registry as _, RegistryClient};
use demo_kit::{Failure, nanoseconds};
use serde_json::{Value, json};

use super::port;

/// How long each row is measured.
const ROW: Duration = Duration::from_millis(80);
const PATIENCE: Duration = Duration::from_secs(10);

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    if cfg!(debug_assertions) {
        writeln!(out, "  This build is not optimised. The true times:")?;
        writeln!(out, "    cargo run --release -p ch05-registry -- --act snapshot\n")?;
    }
    let registry = EmbeddedRegistry::start(port()?, RegistryOptions::default())?;
    let backend = || Embedded::new(registry.address(), DEFAULT_TTL);
    let client = RegistryClient::new(backend(), ClientOptions::default());
    let service: ServiceKey = OrderServiceStub::key();
    let listed = client.register(&service, Endpoint::new(([127, 0, 0, 1], 1).into()))?;
    listed.wait_listed(PATIENCE)?;
    let subscription = client.subscribe(&service)?;
    subscription.wait_newer(0, PATIENCE).ok_or("the registry does not answer")?;

    let mut rows = Vec::new();
    let mut row = |what: &str, ns: f64| -> Result<(), Failure> {
        let shown = if ns < 10_000.0 { format!("{ns:.1} ns") } else { format!("{:.0} µs", ns / 1000.0) };
        writeln!(out, "  {what:<44}{shown:>9}")?;
        rows.push(json!({ "what": what, "ns": (ns * 10.0).round() / 10.0 }));
        Ok(())
    };
    let asking = backend();
    row(
        "ask the registry before every call",
        nanoseconds(ROW, || {
            let list = asking.watch(&service).and_then(|mut watch| watch.next(Duration::ZERO));
            assert!(list.is_ok_and(|list| list.is_some()), "it answers");
        }),
    )?;
    let locked = RwLock::new(Arc::clone(&subscription.snapshot()));
    row(
        "read a list behind a RwLock",
        nanoseconds(ROW, || {
            let list = locked.read().expect("nobody panics with it");
            black_box(list.providers().len());
        }),
    )?;
    row(
        "read the snapshot",
        nanoseconds(ROW, || {
            black_box(subscription.snapshot().providers().len());
        }),
    )?;
    writeln!(out, "\n  Nobody else wanted the lock here. A writer that holds it stops every call; the")?;
    writeln!(out, "  snapshot has no lock to hold.")?;
    Ok(json!({ "optimised": !cfg!(debug_assertions), "rows": rows }))
}
