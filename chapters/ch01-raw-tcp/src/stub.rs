//! The client stub: [`Orders`] for callers, lines for the wire.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use crate::client::{ClientOptions, LineClient};
use crate::error::CallError;
use crate::message::Reply;
use crate::meter::Meter;
use crate::orders::{Order, Orders};
use crate::steps::{Step, StepLog};

/// The order service, far away. Same trait, same call site, another error type. [F-01] [F-07]
///
/// It opens its connection at the first call and keeps it. Callers from several threads share it and take
/// turns: a hundred first calls at once still open **one** connection, because who connects holds the
/// lock. [T-03] (Chapter 8 lets them share it without taking turns.)
#[derive(Debug)]
pub struct RemoteOrders {
    address: SocketAddr,
    options: ClientOptions,
    connection: Mutex<Option<LineClient>>,
    meter: Arc<Meter>,
    steps: StepLog,
}

impl RemoteOrders {
    /// A stub for the server at `address`. Connects at the first call.
    pub fn new(address: SocketAddr, options: ClientOptions) -> Self {
        Self {
            address,
            options,
            connection: Mutex::new(None),
            meter: Arc::default(),
            steps: StepLog::default(),
        }
    }

    /// Notes the steps of every call in `steps`.
    pub fn with_steps(mut self, steps: StepLog) -> Self {
        self.steps = steps;
        self
    }

    /// The system calls of this client.
    pub fn meter(&self) -> &Arc<Meter> {
        &self.meter
    }

    // ANCHOR: remote-call
    fn call(&self, request: String) -> Result<String, CallError> {
        self.steps.note(Step::StubPacks, || format!("{:?}", format!("{request}\n")));
        // A caller that panicked while it held the lock left a poisoned connection at worst, and that one
        // says so itself.
        let mut connection = self.connection.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        connection.take_if(|client| client.is_stale());
        let client = match connection.as_mut() {
            Some(client) => client,
            None => {
                let client = LineClient::connect(self.address, self.options.clone(), &self.meter)?;
                connection.insert(client)
            }
        };
        self.steps.note(Step::StubSends, || format!("to {}", self.address));
        let result = client.call(request.as_bytes()).and_then(|line| self.unpack(&line));
        if result.as_ref().is_err_and(CallError::ends_the_connection) {
            *connection = None; // the next call connects anew
        }
        result
    }
    // ANCHOR_END: remote-call

    fn unpack(&self, line: &[u8]) -> Result<String, CallError> {
        self.steps.note(Step::StubUnpacks, || format!("{:?}", String::from_utf8_lossy(line)));
        match Reply::from_line(line) {
            Some(Reply::Ok(text)) => Ok(text),
            Some(Reply::Error(code, text)) => Err(CallError::Remote { code, text }),
            None => Err(bad_reply(line)),
        }
    }

    /// Steps 1 and 9 belong to the caller; the stub notes them at its own door.
    fn noted<T>(&self, call: &str, run: impl FnOnce() -> Result<T, CallError>) -> Result<T, CallError> {
        self.steps.note(Step::CallerCalls, || call.to_owned());
        let result = run();
        self.steps.note(Step::CallerReturns, || call.to_owned());
        result
    }
}

impl Orders for RemoteOrders {
    type Error = CallError;

    fn say_hello(&self, name: &str) -> Result<String, CallError> {
        self.noted("say_hello", || self.call(format!("say_hello {name}")))
    }

    fn place_order(&self, item: &str, quantity: u32) -> Result<u64, CallError> {
        self.noted("place_order", || {
            let text = self.call(format!("place_order {quantity} {item}"))?;
            text.parse().map_err(|_| bad_reply(text.as_bytes()))
        })
    }

    fn get_order(&self, id: u64) -> Result<Order, CallError> {
        self.noted("get_order", || {
            let text = self.call(format!("get_order {id}"))?;
            Order::from_text(id, &text).ok_or_else(|| bad_reply(text.as_bytes()))
        })
    }
}

fn bad_reply(line: &[u8]) -> CallError {
    CallError::BadReply { line: String::from_utf8_lossy(line).into_owned() }
}
