//! Finds what was called: service, then method, then its handler.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use ch02_protocol::{CallError, Reply, Status};
use ch03_codec::Marshaller;

use crate::invocation::Invocation;
use crate::invoker::Invoker;
use crate::key::ServiceKey;
use crate::skeleton::Skeleton;

/// The services of one server. [X-05]
///
/// ```text
///   "OrderService" ──▶ Skeleton ── "get_order"   ──▶ dyn Handler ──▶ shop.get_order(42)
///                                  "place_order" ──▶ dyn Handler
///   "Greeter:2.0"  ──▶ Skeleton ── "say_hello"   ──▶ dyn Handler
/// ```
///
/// It is filled before the server starts and never changes afterwards, so finding takes no lock. Nothing that
/// a frame says makes it grow.
#[derive(Debug, Default)]
pub struct Dispatcher {
    services: BTreeMap<ServiceKey, Skeleton>,
    marshaller: Arc<Marshaller>,
}

impl Dispatcher {
    /// No services yet. `marshaller` reads arguments and writes results.
    pub fn new(marshaller: Arc<Marshaller>) -> Self {
        Self { services: BTreeMap::new(), marshaller }
    }

    /// Adds a service.
    ///
    /// # Errors
    /// When there is one under the same key: the second would hide the first.
    pub fn add(&mut self, skeleton: Skeleton) -> Result<(), Occupied> {
        if self.services.contains_key(skeleton.key()) {
            return Err(Occupied(skeleton.key().clone()));
        }
        self.services.insert(skeleton.key().clone(), skeleton);
        Ok(())
    }

    /// The services, by key.
    pub fn services(&self) -> impl Iterator<Item = &Skeleton> {
        self.services.values()
    }

    /// Carries out a call. Whatever goes wrong is a reply: somebody waits for it.
    // ANCHOR: dispatch
    pub fn dispatch(&self, invocation: &Invocation) -> Reply {
        let (service, method) = (invocation.service(), invocation.method());
        let Some(skeleton) = self.services.get(service) else {
            let text = format!("no service {service}; here: {}", some(self.services.keys()));
            return Reply::new(Status::UNKNOWN_SERVICE, text);
        };
        let Some(handler) = skeleton.find(method) else {
            let methods = some(skeleton.signatures().map(|signature| signature.name));
            let text = format!("no method {method} in {service}; there are: {methods}");
            return Reply::new(Status::UNKNOWN_METHOD, text);
        };
        contain(&format_args!("{service}.{method}"), || handler.handle(invocation, &self.marshaller))
    }
    // ANCHOR_END: dispatch
}

impl Invoker for Dispatcher {
    /// Never an error: a call in the same process cannot get lost.
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        Ok(self.dispatch(invocation))
    }
}

/// Runs `f`; a panic costs its caller a reply with [`Status::INTERNAL`], and nobody else anything.
///
/// The caller learns *that* it panicked. *Why* stays here: Rust's panic hook has written it to standard error
/// before this function sees it, and it may quote what is not the caller's business.
///
/// A lock that `f` held stays poisoned, and a value that it was changing may be half changed: the panic is
/// contained, not undone. Nothing contains an overflown stack, or a program built with `panic = "abort"`.
// ANCHOR: contain
pub fn contain(what: &dyn Display, f: impl FnOnce() -> Reply) -> Reply {
    // What `f` shares with the rest of the program is behind `&`; see above for what that is worth.
    catch_unwind(AssertUnwindSafe(f)).unwrap_or_else(|payload| {
        discard(payload);
        Reply::new(Status::INTERNAL, format!("{what} panicked"))
    })
}

/// A payload is a value like any other: dropping it may panic, too, and would take the thread with it.
fn discard(payload: Box<dyn Any + Send>) {
    if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        // Whoever does that twice would do it for ever. A leak ends it.
        std::mem::forget(again);
    }
}
// ANCHOR_END: contain

/// The first few names: an error is a line, not a directory.
fn some<T: Display>(names: impl Iterator<Item = T>) -> String {
    /// As many as fit into a line of a terminal.
    const SHOWN: usize = 8;
    let mut names = names.peekable();
    if names.peek().is_none() {
        return "none".into();
    }
    let mut text: Vec<String> = names.by_ref().take(SHOWN).map(|name| name.to_string()).collect();
    match names.count() {
        0 => {}
        more => text.push(format!("and {more} more")),
    }
    text.join(", ")
}

/// A second service under one key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is a service {0} already")]
pub struct Occupied(pub ServiceKey);
