//! 04-01 A stub by hand.
//!
//! A stub looks like the service and is none: each of its methods writes down that it was called, and sends
//! that.
//!
//! ```text
//!   stub.get_order(42)                                                   Ok(Order { … })
//!        │ the method: which name, which arguments                            ▲
//!        ▼                                                                    │ result: what does it mean?
//!   call("get_order", &GetOrder { id: 42 }) ─▶ Invocation ─▶ invoker ─▶ Reply ┘
//! ```
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use std::sync::Arc;

use ch02_protocol::{CallError, Reply, Status};
use ch03_codec::shop::{Item, Order};
use ch03_codec::{Body, Format, Marshaller};
use ch04_proxy::orders::{OrderError, OrderService};
use ch04_proxy::{Invocation, Invoker, RpcError, ServiceKey};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The arguments of `say_hello`.
#[derive(Serialize)]
struct SayHello<'a> {
    name: &'a str,
}

/// The arguments of `place_order`.
#[derive(Serialize)]
struct PlaceOrder<'a> {
    customer: &'a str,
    items: &'a [Item],
    note: Option<String>,
}

/// The arguments of `get_order`.
#[derive(Serialize)]
struct GetOrder {
    id: u64,
}

/// The arguments of `list_orders`.
#[derive(Serialize)]
struct ListOrders {
    from: u64,
    count: u32,
}

/// An order service that is somewhere else.
pub struct ByHand {
    /// What carries the calls out.
    pub invoker: Arc<dyn Invoker>,
    /// Writes arguments and reads answers.
    pub marshaller: Arc<Marshaller>,
    /// How arguments are written.
    pub format: Format,
    /// Which service is called.
    pub service: ServiceKey,
}

impl ByHand {
    /// Calls `method` with `arguments`, and waits for the result.
    fn call<A: Serialize, R: DeserializeOwned>(
        &self,
        method: &'static str,
        arguments: &A,
    ) -> Result<R, RpcError<OrderError>> {
        // YOUR CODE call: write the arguments, make a call of them, send it, look at what comes back.
        todo!("04-01 call")
        // END YOUR CODE
    }

    /// What the reply means to the caller.
    fn result<R: DeserializeOwned>(&self, reply: Reply) -> Result<R, RpcError<OrderError>> {
        // YOUR CODE result: it went well, or the service said no, or something else did; ask the status.
        todo!("04-01 result")
        // END YOUR CODE
    }
}

impl OrderService for ByHand {
    type Error = RpcError<OrderError>;

    fn say_hello(&self, name: &str) -> Result<String, Self::Error> {
        // YOUR CODE say_hello: one line.
        todo!("04-01 say_hello")
        // END YOUR CODE
    }

    fn place_order(&self, customer: &str, items: &[Item], note: Option<String>) -> Result<u64, Self::Error> {
        // YOUR CODE place_order: one line.
        todo!("04-01 place_order")
        // END YOUR CODE
    }

    fn get_order(&self, id: u64) -> Result<Order, Self::Error> {
        // YOUR CODE get_order: one line.
        todo!("04-01 get_order")
        // END YOUR CODE
    }

    fn list_orders(&self, from: u64, count: u32) -> Result<Vec<Order>, Self::Error> {
        // YOUR CODE list_orders: one line.
        todo!("04-01 list_orders")
        // END YOUR CODE
    }
}
