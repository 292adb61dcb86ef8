//! Act 1: the same trait near and far; only the error type differs. [F-01] [F-02]

use std::io::Write;

use ch01_raw_tcp::{CallError, ClientOptions, Limits, Model, OrderBook, Orders, RemoteOrders};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::start;

/// The call site. It cannot see where `orders` is, and it need not.
// ANCHOR: visit
fn visit<O: Orders>(orders: &O) -> Result<String, O::Error> {
    let greeting = orders.say_hello("world")?;
    let id = orders.place_order("blue keyboard", 2)?;
    let order = orders.get_order(id)?;
    Ok(format!("{greeting}! Order {id}: {} × {}", order.quantity, order.item))
}
// ANCHOR_END: visit

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let near = OrderBook::default();
    let server = start(Model::ThreadPerConnection, Limits::default())?;
    let far = RemoteOrders::new(server.address(), ClientOptions::default());

    let (said_near, said_far) = (visit(&near)?, visit(&far)?);
    writeln!(out, "  near  {said_near}")?;
    writeln!(out, "  far   {said_far}")?;
    writeln!(out, "\n  And when it goes wrong:")?;
    let error = near.get_order(99).expect_err("there is one order");
    writeln!(out, "  near  get_order(99)\n        {error}")?;
    let refused = expect_failure(far.get_order(99))?;
    writeln!(out, "  far   get_order(99)   → {:?}\n        {refused}", refused.outcome())?;
    let address = server.address();
    server.stop()?;
    let lost = expect_failure(far.get_order(1))?;
    writeln!(out, "  far   server stopped  → {:?}\n        {lost}", lost.outcome())?;
    let gone = expect_failure(RemoteOrders::new(address, ClientOptions::default()).get_order(1))?;
    writeln!(out, "  far   nobody there    → {:?}\n        {gone}", gone.outcome())?;
    let outcomes = [refused, lost, gone].map(|error| format!("{:?}", error.outcome()));
    Ok(json!({
        "near": said_near,
        "far": said_far,
        "same": said_near == said_far,
        "outcomes": outcomes,
    }))
}

fn expect_failure<T>(result: Result<T, CallError>) -> Result<CallError, Failure> {
    result.err().ok_or_else(|| "a call that had to fail went well".into())
}
