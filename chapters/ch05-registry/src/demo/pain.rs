//! Act 1: what happens to a caller that holds an address.

use std::io::Write;
use std::sync::Arc;

use ch04_proxy::Client;
use ch04_proxy::orders::{OrderService as _, OrderServiceStub};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::{port, shop};

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let first = shop().start(port()?)?;
    let orders = OrderServiceStub::new(Arc::new(Client::new(first.address(), Default::default())));
    writeln!(out, "  written into the caller   {}", first.address())?;
    writeln!(out, "  say_hello(\"Ann\")          {:?}", orders.say_hello("Ann")?)?;
    let second = shop().start(port()?)?;
    first.stop()?;
    let error = orders.say_hello("Ann").err().ok_or("somebody has answered at the old address")?;
    writeln!(out, "  now it runs at            {}", second.address())?;
    writeln!(out, "  say_hello(\"Ann\")          error: no connection (the call {})", error.outcome())?;
    writeln!(out, "\n  Somebody has to tell the caller. Not a person, and not only once.")?;
    second.stop()?;
    Ok(json!({ "outcome": error.outcome().to_string() }))
}
