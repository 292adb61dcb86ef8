//! 04-07 Contain a panicking handler.
//!
//! A handler panics. It costs its caller an answer, and nobody else anything: not the thread that ran it, not the
//! place that it took, not the state that it was about to change.
//!
//! ```text
//!   call ─▶ Gate: is there room? ─▶ contain ─▶ handler ─▶ Ledger: change a copy, then swap
//!              │                       │           ✗ panics
//!              │                       ├─▶ the log: why
//!              │                       └─▶ the caller: 201, "OrderService.place_order panicked"
//!              └─ the pass is given back, however the call ends
//! ```
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use std::any::Any;
use std::cell::RefCell;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ch02_protocol::{Reply, Status};
use ch03_codec::Marshaller;
use ch04_proxy::{Handler, Invocation};

/// What a panic carries with it: any value.
pub type Payload = Box<dyn Any + Send>;

/// Runs `f`. When it panics, the log learns why, and the caller that it did. The log may panic, too.
pub fn contain(what: &str, log: &dyn Fn(&str), f: impl FnOnce() -> Reply) -> Reply {
    // YOUR CODE contain: catch it, log it, get rid of its payload, answer.
    todo!("04-07 contain")
    // END YOUR CODE
}

/// What a panic says.
pub fn message(payload: &(dyn Any + Send)) -> &str {
    // YOUR CODE message: a literal, a formatted text, or something else.
    todo!("04-07 message")
    // END YOUR CODE
}

/// Drops `payload`, which may be a value of any type. Its `drop` may panic, too.
pub fn discard(payload: Payload) {
    // YOUR CODE discard: let nothing out, and do not do it for ever.
    todo!("04-07 discard")
    // END YOUR CODE
}

/// Lets so many calls in at once.
#[derive(Debug)]
pub struct Gate {
    inside: Count,
    limit: usize,
}

/// An `AtomicUsize`, with all of its methods. Before each step of it, somebody else may come: [`meanwhile`] says who.
#[derive(Debug, Default)]
pub struct Count(AtomicUsize);

thread_local! {
    static MEANWHILE: RefCell<Option<Box<dyn FnMut()>>> = const { RefCell::new(None) };
}

/// What somebody else does, before each step that this thread takes with a [`Count`]. It is how a test meets the moment
/// that threads meet once in a year.
pub fn meanwhile(visit: Option<Box<dyn FnMut()>>) {
    MEANWHILE.set(visit);
}

impl Deref for Count {
    type Target = AtomicUsize;

    fn deref(&self) -> &AtomicUsize {
        if let Some(mut visit) = MEANWHILE.take() {
            visit(); // nobody visits a visitor
            MEANWHILE.set(Some(visit));
        }
        &self.0
    }
}

impl Gate {
    /// A gate for `limit` calls at once.
    pub fn new(limit: usize) -> Self {
        Self { inside: Count::default(), limit }
    }

    /// How many are inside.
    pub fn inside(&self) -> usize {
        self.inside.load(Ordering::SeqCst)
    }

    /// A pass for one call, if there is room.
    pub fn enter(&self) -> Option<Pass<'_>> {
        // YOUR CODE enter: count it if there is room; who is refused leaves no trace.
        todo!("04-07 enter")
        // END YOUR CODE
    }
}

/// One call is inside. Dropping it lets the next one in.
#[derive(Debug)]
pub struct Pass<'a> {
    gate: &'a Gate,
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        // YOUR CODE leave: give the place back.
        todo!("04-07 leave")
        // END YOUR CODE
    }
}

/// A state that calls share, and that is never seen half changed.
#[derive(Debug, Default)]
pub struct Ledger<T> {
    state: Mutex<T>,
}

impl<T: Clone> Ledger<T> {
    /// Begins with `state`.
    pub fn new(state: T) -> Self {
        Self { state: Mutex::new(state) }
    }

    /// A copy of the state.
    pub fn read(&self) -> T {
        self.lock().clone()
    }

    /// Lets `f` change the state: all of it, or nothing when `f` says no or panics.
    ///
    /// # Errors
    /// Those of `f`.
    pub fn change<R, E>(&self, f: impl FnOnce(&mut T) -> Result<R, E>) -> Result<R, E> {
        // YOUR CODE change: let `f` have a copy; the state becomes what the copy is when all went well.
        todo!("04-07 change")
        // END YOUR CODE
    }

    /// The lock, also after somebody has panicked while holding it.
    fn lock(&self) -> MutexGuard<'_, T> {
        // YOUR CODE lock: the state is whole, whatever happened to others.
        todo!("04-07 lock")
        // END YOUR CODE
    }
}

/// A handler behind a gate, whose panics are contained: made of the parts above.
pub struct Guarded {
    /// What it is called in texts: `OrderService.place_order`.
    pub what: String,
    /// How many may be inside.
    pub gate: Arc<Gate>,
    /// Who learns why.
    pub log: Box<dyn Fn(&str) + Send + Sync>,
    /// What is guarded.
    pub handler: Box<dyn Handler>,
}

impl Handler for Guarded {
    fn handle(&self, invocation: &Invocation, marshaller: &Marshaller) -> Reply {
        let Some(_pass) = self.gate.enter() else {
            return Reply::new(Status::BUSY, format!("{}: no room", self.what));
        };
        contain(&self.what, &*self.log, || self.handler.handle(invocation, marshaller))
    }
}
