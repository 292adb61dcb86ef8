//! Act 2: one function over the trait, called with a shop and with a stub. [F-01] [F-02]

use std::any::type_name;
use std::fmt::Display;
use std::io::Write;
use std::sync::Arc;

use ch03_codec::shop::Shop;
use ch04_proxy::Server;
use ch04_proxy::orders::{OrderService, order_service_skeleton};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::{items, orders_at, port};

/// Needs an order service, and does not ask which: the proxy is *injected* as any argument is.
// ANCHOR: checkout
struct Checkout<S> {
    orders: S,
}

impl<S: OrderService> Checkout<S> {
    fn buy(&self, customer: &str) -> Result<String, S::Error> {
        let id = self.orders.place_order(customer, &items(), None)?;
        let order = self.orders.get_order(id)?;
        Ok(format!(
            "order {id}, {} × {} for {}",
            order.items[0].quantity, order.items[0].name, order.customer
        ))
    }
}
// ANCHOR_END: checkout

/// What a function of the program can know about its own error type.
fn says<S: OrderService>(what: &str, checkout: &Checkout<S>, out: &mut dyn Write) -> Result<Value, Failure>
where
    S::Error: Display,
{
    let text = |result: Result<String, S::Error>| result.unwrap_or_else(|error| format!("error: {error}"));
    let (bought, missing) = (text(checkout.buy("Ann")), {
        text(checkout.orders.get_order(99).map(|order| format!("{order:?}")))
    });
    let error =
        type_name::<S::Error>().replace("ch04_proxy::error::", "").replace("ch04_proxy::orders::", "");
    writeln!(out, "  {what:<8} buy(\"Ann\")     {bought}")?;
    writeln!(out, "           get_order(99)  {missing}")?;
    writeln!(out, "           type of error  {error}")?;
    Ok(json!({ "bought": bought, "missing": missing, "error": error }))
}

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let near = says("near", &Checkout { orders: Shop::default() }, out)?;

    let skeleton = order_service_skeleton(Arc::new(Shop::default()));
    let server = Server::builder().service(skeleton).start(port()?)?;
    let checkout = Checkout { orders: orders_at(server.address()) };
    let far = says("far", &checkout, out)?;

    server.stop()?;
    let stopped = checkout.buy("Ann").err().ok_or("a stopped server has sold something")?;
    let outcome = stopped.outcome();
    writeln!(out, "\n  And when the server has stopped, what cannot happen near:")?;
    let text = stopped.to_string();
    let text = text.split(" to 127").next().unwrap_or(&text); // the port is another every time
    writeln!(out, "  far      buy(\"Ann\")     error: {text} … (the call {outcome})")?;
    Ok(json!({ "near": near, "far": far, "stopped": outcome.to_string() }))
}
