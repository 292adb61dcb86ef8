//! What is done around every call, whatever is called.

use std::fmt;
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

/// A filter that somebody else keeps a hand on: to read what it has counted, for example.
impl<T: Filter + ?Sized> Filter for Arc<T> {
    fn call(&self, invocation: &Invocation, next: &dyn Invoker) -> Result<Reply, CallError> {
        (**self).call(invocation, next)
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

// ANCHOR: rest
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
// ANCHOR_END: rest
// ANCHOR_END: chain

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chain").field("filters", &self.filters.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use ch02_protocol::Status;
    use ch03_codec::{Body, Format};

    use super::*;
    use crate::key::ServiceKey;

    fn invocation() -> Invocation {
        let arguments = Body { format: Format { codec: 1, compressor: 0 }, bytes: "{}".into() };
        Invocation::new(ServiceKey::parse("A").unwrap(), "m", arguments).unwrap()
    }

    /// Filters that write down when they see something, around an end that does as well.
    fn chain(filters: Vec<Arc<dyn Filter>>, seen: &Arc<Mutex<String>>) -> Chain {
        let seen = Arc::clone(seen);
        let end = move |_: &Invocation| {
            *seen.lock().unwrap() += "|";
            Ok(Reply::ok("done"))
        };
        Chain::new(filters, Arc::new(end))
    }

    fn recording(name: char, seen: &Arc<Mutex<String>>) -> Arc<dyn Filter> {
        let seen = Arc::clone(seen);
        Arc::new(move |invocation: &Invocation, next: &dyn Invoker| {
            seen.lock().unwrap().push(name);
            let result = next.invoke(invocation);
            seen.lock().unwrap().push(name.to_ascii_lowercase());
            result
        })
    }

    #[test]
    fn the_first_filter_is_the_outermost() {
        for (names, expected) in [("", "|"), ("A", "A|a"), ("ABC", "ABC|cba")] {
            let seen = Arc::default();
            let chain = chain(names.chars().map(|name| recording(name, &seen)).collect(), &seen);
            assert_eq!(chain.invoke(&invocation()).unwrap(), Reply::ok("done"));
            assert_eq!(*seen.lock().unwrap(), expected);
        }
    }

    #[test]
    fn what_lies_behind_can_be_called_again_or_not_at_all() {
        let twice = |invocation: &Invocation, next: &dyn Invoker| {
            next.invoke(invocation)?;
            next.invoke(invocation)
        };
        let never = |_: &Invocation, _: &dyn Invoker| Ok(Reply::new(Status::BUSY, "no"));
        let seen = Arc::default();
        let all = chain(vec![recording('A', &seen), Arc::new(twice), recording('B', &seen)], &seen);
        all.invoke(&invocation()).unwrap();
        assert_eq!(std::mem::take(&mut *seen.lock().unwrap()), "AB|bB|ba");
        let all = chain(vec![recording('A', &seen), Arc::new(never), recording('B', &seen)], &seen);
        assert_eq!(all.invoke(&invocation()).unwrap().status, Status::BUSY);
        assert_eq!(*seen.lock().unwrap(), "Aa");
    }

    #[test]
    fn a_chain_can_be_the_end_of_another_one() {
        let seen = Arc::default();
        let inner = chain(vec![recording('B', &seen)], &seen);
        let outer = Chain::new(vec![recording('A', &seen)], Arc::new(inner));
        outer.invoke(&invocation()).unwrap();
        assert_eq!(*seen.lock().unwrap(), "AB|ba");
    }
}
