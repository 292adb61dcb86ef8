//! Act 9: a server moves, and its callers stay where they are.

use std::io::Write;
use std::sync::Arc;

use ch03_codec::shop::Shop;
use ch04_proxy::Server;
use ch04_proxy::orders::{OrderService, order_service_skeleton};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::{orders_at, port};

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let shop = Arc::new(Shop::default());
    let start = || -> Result<Server, Failure> {
        Ok(Server::builder().service(order_service_skeleton(Arc::clone(&shop))).start(port()?)?)
    };
    let first = start()?;
    let orders = orders_at(first.address());
    writeln!(out, "  say_hello(\"Ann\")    {:?}", orders.say_hello("Ann")?)?;

    // The same service, the same shop, another port: a new version was rolled out.
    let second = start()?;
    first.stop()?;
    let error = orders.say_hello("Ann").err().ok_or("somebody has answered at the old address")?;
    let outcome = error.outcome();
    writeln!(out, "  the server moves to another port")?;
    writeln!(out, "  say_hello(\"Ann\")    error: no connection (the call {outcome})")?;
    writeln!(out, "  asked there         {:?}", orders_at(second.address()).say_hello("Ann")?)?;
    writeln!(out, "\n  It is up, it is well, and its callers hold an address of yesterday.")?;
    second.stop()?;
    Ok(json!({ "after_the_move": outcome.to_string() }))
}
