//! `call`: calls the order service by its name, again and again, and tells what changes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ch04_proxy::orders::{OrderService as _, OrderServiceStub};
use ch04_proxy::{Proxy, ServiceKey};
use ch05_registry::{Named, RegistryAddress, Subscription};
use demo_kit::Failure;

/// Calls until Ctrl-C, or `count` times.
pub fn run(
    registry: &RegistryAddress,
    service: &ServiceKey,
    every: Duration,
    count: Option<u64>,
) -> Result<(), Failure> {
    let end = super::ctrl_c()?;
    let client = super::connect(registry)?;
    let subscription = client.subscribe(service)?;
    let named = Named::new(subscription.clone(), Default::default());
    let orders = OrderServiceStub::over(Proxy::new(service.clone(), Arc::new(named)));

    let (mut version, mut well, mut failed, mut in_a_row) = (0, 0u64, 0u64, 0u64);
    let mut next = Instant::now();
    for _ in 0..count.unwrap_or(u64::MAX) {
        let result = orders.say_hello("world");
        tell_of_changes(&subscription, &mut version)?;
        match result {
            Ok(_) => {
                well += 1;
                if in_a_row > 0 {
                    super::tell(&format!("calls go well again, after {in_a_row} that did not"))?;
                }
                in_a_row = 0;
            }
            Err(error) => {
                failed += 1;
                in_a_row += 1;
                if in_a_row == 1 {
                    super::tell(&format!("a call failed: {error} [{}]", error.outcome()))?;
                }
            }
        }
        // Call number n comes at n × every, however long the calls before it took.
        next = (next + every).max(Instant::now());
        if end.recv_timeout(next - Instant::now().min(next)).is_ok() {
            break;
        }
    }
    super::tell(&format!("{} calls: {well} went well, {failed} failed", well + failed))?;
    Ok(())
}

fn tell_of_changes(subscription: &Subscription, version: &mut u64) -> std::io::Result<()> {
    let snapshot = subscription.snapshot();
    if snapshot.version() == *version {
        return Ok(());
    }
    *version = snapshot.version();
    let ports: Vec<_> =
        snapshot.providers().iter().map(|it| format!(":{}", it.endpoint.address().port())).collect();
    super::tell(&match snapshot.require() {
        Ok(_) => format!("I know {}", ports.join(" ")),
        Err(error) => error.to_string(),
    })
}
