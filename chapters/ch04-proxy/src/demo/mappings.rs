//! Act 4: three honest ways to what Java calls a dynamic proxy, and a wrapper.

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use ch03_codec::shop::Order;
use ch03_codec::shop::Shop;
use ch03_codec::{Body, Format, Marshaller};
use ch04_proxy::orders::{OrderError, OrderService, OrderServiceStub, order_service_skeleton};
use ch04_proxy::{CallError, Invocation, Invoker, Proxy, Reply, RpcError, Server, ServiceKey, Status};
use demo_kit::Failure;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{hex, items};

/// The part of the order service that this act calls.
trait GetOrder {
    type Error;
    fn get_order(&self, id: u64) -> Result<Order, Self::Error>;
}

/// What `get_order` is called with.
#[derive(Serialize, Deserialize)]
struct GetOrderArguments {
    id: u64,
}

// ANCHOR: by_hand
/// 1. Written by hand: all of it, for each method of each interface.
struct ByHand {
    invoker: Arc<dyn Invoker>,
}

impl GetOrder for ByHand {
    type Error = RpcError<OrderError>;

    fn get_order(&self, id: u64) -> Result<Order, Self::Error> {
        let marshaller = Marshaller::default();
        let body = marshaller.write(Proxy::FORMAT, &GetOrderArguments { id }).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(ServiceKey::parse("OrderService")?, "get_order", body)?;
        let reply = self.invoker.invoke(&invocation.accepting(Proxy::FORMAT.compressor))?;
        let Reply { status, codec, compressor, body: bytes } = reply;
        let body = Body { format: Format { codec, compressor }, bytes };
        let unreadable = |source| RpcError::Answer { status, source };
        match status {
            Status::OK => marshaller.read(&body).map_err(unreadable),
            Status::SERVICE_ERROR => Err(marshaller.read(&body).map_or_else(unreadable, RpcError::Service)),
            _ => {
                let text = String::from_utf8_lossy(&body.bytes).into_owned();
                Err(CallError::Remote { status, text }.into())
            }
        }
    }
}
// ANCHOR_END: by_hand

// ANCHOR: generic
/// 2. One object for every method there is: the types come from the call, the names are texts.
fn get_order(proxy: &Proxy, id: u64) -> Result<Order, RpcError<OrderError>> {
    proxy.call("get_order", &GetOrderArguments { id })
}
// ANCHOR_END: generic

// 3. Generated from the trait: `OrderServiceStub`.

// ANCHOR: counted
/// Not a proxy but a wrapper: it has an order service, and is one. Java's subclass proxy does the same by
/// inheriting; nothing is inherited here, so each method is passed on by hand.
struct Counted<S> {
    inner: S,
    calls: AtomicU64,
}

impl<S: GetOrder> GetOrder for Counted<S> {
    type Error = S::Error;

    fn get_order(&self, id: u64) -> Result<Order, S::Error> {
        self.calls.fetch_add(1, Relaxed);
        self.inner.get_order(id)
    }
}
// ANCHOR_END: counted

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let shop = Arc::new(Shop::default());
    OrderService::place_order(&*shop, "Ann", &items(), None)?;
    let server = Server::builder().service(order_service_skeleton(shop)).build()?;

    // An invoker that is asked for any interface, and writes down what for.
    let seen: Arc<Mutex<Vec<Invocation>>> = Arc::default();
    let write = Arc::clone(&seen);
    let invoker: Arc<dyn Invoker> = Arc::new(move |invocation: &Invocation| -> Result<Reply, CallError> {
        write.lock().expect("no code panics while it holds this lock").push(invocation.clone());
        server.invoke(invocation)
    });

    let by_hand = Counted { inner: ByHand { invoker: Arc::clone(&invoker) }, calls: AtomicU64::new(0) };
    let proxy = Proxy::new(ServiceKey::parse("OrderService")?, Arc::clone(&invoker));
    let generated = OrderServiceStub::new(invoker);

    let orders = [by_hand.get_order(1)?, get_order(&proxy, 1)?, generated.get_order(1)?];
    let wrapped = by_hand.calls.load(Relaxed);
    let seen = seen.lock().expect("as above");
    for (way, invocation) in ["by hand", "generic call", "generated"].iter().zip(&*seen) {
        let (service, method) = (invocation.service(), invocation.method());
        writeln!(out, "  {way:<14} {service}.{method} {}", hex(&invocation.arguments.bytes))?;
    }
    let same = seen.windows(2).all(|pair| pair[0] == pair[1]) && orders.windows(2).all(|o| o[0] == o[1]);
    writeln!(out, "\n  {}", if same { "Three times the same call, to the byte." } else { "They differ." })?;
    writeln!(out, "  The wrapper around the first has counted {wrapped} call.")?;
    Ok(json!({ "same": same, "wrapped": wrapped, "arguments": hex(&seen[0].arguments.bytes) }))
}
