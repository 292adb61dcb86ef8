//! The client stub: [`Orders`] for callers, frames for the wire.

use std::net::SocketAddr;
use std::sync::Arc;

use ch01_raw_tcp::{Meter, Order, Orders};

use crate::call_error::CallError;
use crate::options::ClientOptions;
use crate::redial::Redial;

/// The order service, far away, over frames. Same trait, same call site as in chapter 1.
///
/// Callers from several threads share one connection, and now they do not take turns. [T-03]
#[derive(Debug)]
pub struct FrameOrders(Redial);

impl FrameOrders {
    /// A stub for the server at `address`. Connects at the first call.
    pub fn new(address: SocketAddr, options: ClientOptions) -> Self {
        Self(Redial::new(address, options))
    }

    /// The system calls of this client.
    pub fn meter(&self) -> &Arc<Meter> {
        self.0.meter()
    }

    fn call(&self, request: String) -> Result<String, CallError> {
        let body = self.0.connection()?.call(request)?;
        String::from_utf8(body.into()).map_err(|error| bad_reply(&String::from_utf8_lossy(error.as_bytes())))
    }
}

impl Orders for FrameOrders {
    type Error = CallError;

    fn say_hello(&self, name: &str) -> Result<String, CallError> {
        self.call(format!("say_hello {name}"))
    }

    fn place_order(&self, item: &str, quantity: u32) -> Result<u64, CallError> {
        let text = self.call(format!("place_order {quantity} {item}"))?;
        text.parse().map_err(|_| bad_reply(&text))
    }

    fn get_order(&self, id: u64) -> Result<Order, CallError> {
        let text = self.call(format!("get_order {id}"))?;
        Order::from_text(id, &text).ok_or_else(|| bad_reply(&text))
    }
}

fn bad_reply(text: &str) -> CallError {
    CallError::BadReply { text: text.to_owned() }
}
