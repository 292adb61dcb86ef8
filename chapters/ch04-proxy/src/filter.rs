//! What is done around every call, whatever is called.

use std::sync::Arc;

use ch02_protocol::{CallError, Reply};

use crate::invocation::Invocation;
use crate::invoker::Invoker;

/// Has a look at every call on its way out, and at every reply on its way back. [X-07]
///
/// It calls `next` to go on: once, or several times (a retry), or not at all (a refusal). What it does before
/// that happens on the way in, what it does afterwards on the way out. The same filter serves on both sides.
// ANCHOR: trait
pub trait Filter: Send + Sync {
    /// Carries out `invocation` by way of `next`.
    ///
    /// # Errors
    /// Those of `next`, and its own.
    fn call(&self, invocation: &Invocation, next: &dyn Invoker) -> Result<Reply, CallError>;
}
// ANCHOR_END: trait

/// Any closure of the right shape is a filter.
impl<F> Filter for F
where
    F: Fn(&Invocation, &dyn Invoker) -> Result<Reply, CallError> + Send + Sync,
{
    fn call(&self, invocation: &Invocation, next: &dyn Invoker) -> Result<Reply, CallError> {
        self(invocation, next)
    }
}

/// Filters, and behind them what carries the call out. The first filter is the outermost: it sees a call
/// first and its reply last.
///
/// ```text
///   invoke ──▶ first ──▶ second ──▶ end
///          ◀──       ◀──        ◀──
/// ```
///
/// A chain is an [`Invoker`] itself, so whoever calls does not know that there is one.
// ANCHOR: chain
pub struct Chain {
    filters: Vec<Arc<dyn Filter>>,
    end: Arc<dyn Invoker>,
}

impl Chain {
    /// `filters` around `end`, the outermost first.
    pub fn new(filters: Vec<Arc<dyn Filter>>, end: Arc<dyn Invoker>) -> Self {
        Self { filters, end }
    }
}

impl Invoker for Chain {
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        Rest { filters: &self.filters, end: &*self.end }.invoke(invocation)
    }
}

/// What is left of a chain, seen from one of its filters: lives on the stack, costs no allocation, and can be
/// called again.
struct Rest<'a> {
    filters: &'a [Arc<dyn Filter>],
    end: &'a dyn Invoker,
}

impl Invoker for Rest<'_> {
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        match self.filters.split_first() {
            Some((first, filters)) => first.call(invocation, &Rest { filters, end: self.end }),
            None => self.end.invoke(invocation),
        }
    }
}
// ANCHOR_END: chain
