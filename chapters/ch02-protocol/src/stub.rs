//! The client stub: [`Orders`] for callers, frames for the wire.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use ch01_raw_tcp::{Meter, Order, Orders};

use crate::call_error::CallError;
use crate::client::FrameClient;
use crate::options::ClientOptions;

/// The order service, far away, over frames. Same trait, same call site as in chapter 1.
///
/// Callers from several threads share one connection, and now they do not take turns: the lock is held to
/// find the connection, not while a call runs. [T-03]
#[derive(Debug)]
pub struct FrameOrders {
    address: SocketAddr,
    options: ClientOptions,
    connection: Mutex<Option<Arc<FrameClient>>>,
    /// How often connecting has failed.
    failures: AtomicU64,
    meter: Arc<Meter>,
}

impl FrameOrders {
    /// A stub for the server at `address`. Connects at the first call.
    pub fn new(address: SocketAddr, options: ClientOptions) -> Self {
        Self {
            address,
            options,
            connection: Mutex::new(None),
            failures: AtomicU64::new(0),
            meter: Arc::default(),
        }
    }

    /// The system calls of this client.
    pub fn meter(&self) -> &Arc<Meter> {
        &self.meter
    }

    // ANCHOR: connection
    fn connection(&self) -> Result<Arc<FrameClient>, CallError> {
        let failures = self.failures.load(SeqCst);
        // Who connects holds the lock: a hundred first calls at once open one connection.
        let mut connection = self.connection.lock().expect("no code panics while it holds this lock");
        connection.take_if(|client| !client.is_open());
        if let Some(client) = &*connection {
            return Ok(Arc::clone(client));
        }
        if self.failures.load(SeqCst) != failures {
            // It failed for somebody while we waited for the lock. A hundred in a row would wait a hundred
            // times.
            let source = io::Error::other("another caller has just tried in vain");
            return Err(CallError::Connect { address: self.address, source });
        }
        let client = FrameClient::connect(self.address, &self.options, &self.meter)
            .inspect_err(|_| _ = self.failures.fetch_add(1, SeqCst))?;
        Ok(Arc::clone(connection.insert(Arc::new(client))))
    }

    fn call(&self, request: String) -> Result<String, CallError> {
        let body = self.connection()?.call(request)?;
        String::from_utf8(body.into()).map_err(|error| bad_reply(&String::from_utf8_lossy(error.as_bytes())))
    }
    // ANCHOR_END: connection
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
