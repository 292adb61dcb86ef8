//! Act 8: what each layer adds to a call.

use std::hint::black_box;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use ch03_codec::Format;
use ch03_codec::shop::Shop;
use ch04_proxy::filters::{RequireToken, Timing, Token};
use ch04_proxy::orders::{OrderError, OrderService, OrderServiceStub, order_service_skeleton};
use ch04_proxy::{Chain, Filter, Invoker, Proxy, Server};
use demo_kit::{Failure, OneCore, nanoseconds};
use serde_json::{Value, json};

use super::{client, port};

/// How long each row is measured: six of them make half a second.
const ROW: Duration = Duration::from_millis(80);

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    if cfg!(debug_assertions) {
        writeln!(out, "  This build is not optimised. The true times:")?;
        writeln!(out, "    cargo run --release -p ch04-proxy -- --act cost\n")?;
    }
    let _one_core = OneCore::enter();
    let shop = Arc::new(Shop::default());
    let skeleton = || order_service_skeleton(Arc::clone(&shop));
    let here = Server::builder().service(skeleton()).build()?;
    let guarded = Server::builder().filter(RequireToken::new("s3cret")).service(skeleton()).build()?;
    let server = Server::builder().service(skeleton()).start(port()?)?;

    let over = |invoker: &Arc<dyn Invoker>, codec| {
        let proxy = Proxy::new(OrderServiceStub::key(), Arc::clone(invoker));
        OrderServiceStub::over(proxy.with_format(Format { codec, compressor: 0 }))
    };
    let filters: Vec<Arc<dyn Filter>> = vec![Arc::new(Timing::new()), Arc::new(Token::new("s3cret")?)];
    let filtered: Arc<dyn Invoker> = Arc::new(Chain::new(filters, guarded));

    let direct: &dyn OrderService<Error = OrderError> = &*shop;
    let mut rows = Vec::new();
    let mut row = |what: &str, ns: f64| -> Result<(), Failure> {
        writeln!(out, "  {what:<52}{:>9}", shown(ns))?;
        rows.push(json!({ "what": what, "ns": ns.round() }));
        Ok(())
    };
    row("the shop itself, through a trait object", nanoseconds(ROW, || hello(direct)))?;
    for (what, stub) in [
        ("stub and dispatcher in one process, bincode", over(&here, 3)),
        ("… in our own format, tagged", over(&here, 5)),
        ("… in JSON", over(&here, 1)),
        ("… tagged, with three filters", over(&filtered, 5)),
        ("… tagged, through a socket", over(&client(server.address()), 5)),
    ] {
        row(what, nanoseconds(ROW, || hello(&stub)))?;
    }
    server.stop()?;
    Ok(json!({ "optimised": !cfg!(debug_assertions), "rows": rows }))
}

fn hello<E>(orders: &dyn OrderService<Error = E>) {
    // A chain that refuses would be fast.
    assert!(black_box(orders.say_hello(black_box("world"))).is_ok(), "the call went well");
}

fn shown(ns: f64) -> String {
    if ns < 10_000.0 { format!("{ns:.0} ns") } else { format!("{:.0} µs", ns / 1000.0) }
}
