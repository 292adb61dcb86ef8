//! 04-03 One object, any interface.
//!
//! Three objects that know no interface, and therefore fit all of them.
//!
//! ```text
//!   caller                                                              server
//!   stub ─▶ Recorder ─▶ Switch ─┬─▶ old ─▶ …          Dispatcher ─▶ dyn Handler ─▶ f(GetOrder) -> Order
//!           notes every call    └─▶ new                             made by `typed`: forgets the types
//!           one method, `invoke`, for all methods there are          bytes in, bytes out
//! ```
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};

use ch01_raw_tcp::Outcome;
use ch02_protocol::{CallError, Reply, Status};
use ch03_codec::{Body, Format, Marshaller};
use ch04_proxy::{Handler, Invocation, Invoker, Signature, outcome};
use serde::Serialize;
use serde::de::DeserializeOwned;

// ---- the server's side: a function of any type becomes a handler ----

/// `f` as a handler. Its types are known here, and forgotten outside.
pub fn typed<A, R, E>(
    signature: Signature,
    f: impl Fn(A) -> Result<R, E> + Send + Sync + 'static,
) -> Box<dyn Handler>
where
    A: DeserializeOwned,
    R: Serialize,
    E: Serialize,
{
    Box::new(move |invocation: &Invocation, marshaller: &Marshaller| -> Reply {
        // YOUR CODE typed: read the arguments, call `f`, and write what it says with `written`.
        todo!("04-03 typed")
        // END YOUR CODE
    })
}

/// A value as a reply to `invocation`.
fn written<T: Serialize>(
    status: Status,
    value: &T,
    invocation: &Invocation,
    marshaller: &Marshaller,
) -> Reply {
    // YOUR CODE written: in the codec of the question, compressed as the question accepts.
    todo!("04-03 written")
    // END YOUR CODE
}

// ---- the caller's side: any call passes through ----

/// What a [`Recorder`] notes about one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What was called: `service.method`.
    pub call: String,
    /// How many bytes the arguments had.
    pub sent: usize,
    /// How many bytes the reply's body had; none if there was no reply.
    pub received: Option<usize>,
    /// What the caller must assume; none if it went well.
    pub outcome: Option<Outcome>,
}

/// Notes the last calls, whatever they call, and passes them on.
pub struct Recorder {
    next: Arc<dyn Invoker>,
    capacity: usize,
    entries: Mutex<VecDeque<Entry>>,
}

impl Recorder {
    /// Passes calls on to `next`, and keeps the last `capacity` entries.
    pub fn new(next: Arc<dyn Invoker>, capacity: usize) -> Self {
        Self { next, capacity, entries: Mutex::default() }
    }

    /// The last calls, in the order in which they ended.
    pub fn entries(&self) -> Vec<Entry> {
        self.lock().iter().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Entry>> {
        self.entries.lock().expect("no code panics while it holds this lock")
    }
}

impl Invoker for Recorder {
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        // YOUR CODE record: pass it on, note how it ended, and give back what came.
        todo!("04-03 record")
        // END YOUR CODE
    }
}

/// Passes calls on to a target that can be replaced while calls run.
pub struct Switch {
    target: Mutex<Arc<dyn Invoker>>,
}

impl Switch {
    /// Passes calls on to `target`.
    pub fn new(target: Arc<dyn Invoker>) -> Self {
        Self { target: Mutex::new(target) }
    }

    /// From now on calls go to `target`. Gives back the one before.
    pub fn replace(&self, target: Arc<dyn Invoker>) -> Arc<dyn Invoker> {
        // YOUR CODE replace: the new one in, the old one out; calls that run are not waited for.
        todo!("04-03 replace")
        // END YOUR CODE
    }

    fn lock(&self) -> MutexGuard<'_, Arc<dyn Invoker>> {
        self.target.lock().expect("no code panics while it holds this lock")
    }
}

impl Invoker for Switch {
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        // YOUR CODE switch: one target for the whole call, and no lock while it runs.
        todo!("04-03 switch")
        // END YOUR CODE
    }
}
