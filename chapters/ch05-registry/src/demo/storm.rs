//! Act 4: a thousand changes, and how many of them a caller has to look at.

use std::io::Write;
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use ch05_registry::embedded::{DEFAULT_TTL, Embedded, EmbeddedRegistry, RegistryOptions};
use ch05_registry::{ClientOptions, Endpoint, Registry as _, RegistryClient};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::port;

const CHANGES: u16 = 1000;
const PATIENCE: Duration = Duration::from_secs(10);

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let registry = EmbeddedRegistry::start(port()?, RegistryOptions::default())?;
    let client = |debounce| {
        let options = ClientOptions { debounce, ..ClientOptions::default() };
        RegistryClient::new(Embedded::new(registry.address(), DEFAULT_TTL), options)
    };
    let mut rows = Vec::new();
    for window in [Duration::ZERO, Duration::from_millis(20)] {
        let service = ServiceKey::parse(&format!("Storm{}", window.as_millis()))?;
        let subscription = client(window).subscribe(&service)?;
        subscription.wait_newer(0, PATIENCE).ok_or("the registry does not answer")?;
        let provider = client(window);
        let start = Instant::now();
        let mut guards = Vec::new();
        for number in 1..=CHANGES {
            guards.push(provider.register(&service, Endpoint::new(([127, 0, 0, 1], number).into()))?);
        }
        let mut version = 0;
        while subscription.snapshot().providers().len() < usize::from(CHANGES) {
            let snapshot = subscription.wait_newer(version, PATIENCE).ok_or("a change was lost")?;
            version = snapshot.version();
        }
        let took = start.elapsed();
        let lists = subscription.snapshot().version() - 1;
        writeln!(
            out,
            "  window {:>2} ms   {CHANGES} providers in {:>3} ms   {lists:>4} lists for the caller",
            window.as_millis(),
            took.as_millis()
        )?;
        rows.push(json!({ "window_ms": window.as_millis(), "took_ms": took.as_millis(), "lists": lists }));
    }
    writeln!(out, "\n  The first change is never delayed, the last one never lost.")?;
    Ok(json!({ "changes": CHANGES, "rows": rows }))
}
