//! How often each method was called, and how long it took.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use ch02_protocol::{CallError, Reply};

use super::Clock;
use crate::filter::Filter;
use crate::invocation::Invocation;
use crate::invoker::{Invoker, outcome};

/// Counts the calls of each method and adds up their times.
///
/// The names in its table come from whoever calls. At a server that is a stranger, so the table is bounded:
/// what comes above [`CAPACITY`](Self::CAPACITY) is counted under [`OTHERS`](Self::OTHERS).
pub struct Timing {
    times: Mutex<BTreeMap<String, MethodTimes>>,
    clock: Clock,
}

/// The calls of one method.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MethodTimes {
    /// How many.
    pub calls: u64,
    /// How many of them gave no result.
    pub failed: u64,
    /// How long all of them took, together.
    pub total: Duration,
    /// How long the longest took.
    pub longest: Duration,
}

impl Timing {
    /// How many methods it keeps apart: 1024. Nobody writes a server with as many, and it is 200 KB.
    pub const CAPACITY: usize = 1024;
    /// The name under which all further methods are counted.
    pub const OTHERS: &'static str = "(others)";

    /// Nothing counted yet.
    pub fn new() -> Self {
        Self::with_clock(Instant::now)
    }

    /// Takes the time from `clock`.
    pub fn with_clock(clock: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self { times: Mutex::default(), clock: Box::new(clock) }
    }

    /// What was counted, by `service.method`.
    pub fn times(&self) -> BTreeMap<String, MethodTimes> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, MethodTimes>> {
        self.times.lock().expect("no code panics while it holds this lock")
    }
}

impl Default for Timing {
    fn default() -> Self {
        Self::new()
    }
}

// ANCHOR: timing
impl Filter for Timing {
    fn call(&self, invocation: &Invocation, next: &dyn Invoker) -> Result<Reply, CallError> {
        let begin = (self.clock)();
        let result = next.invoke(invocation);
        let took = (self.clock)().saturating_duration_since(begin);

        let mut name = format!("{}.{}", invocation.service(), invocation.method());
        let mut times = self.lock(); // not while the call runs
        if times.len() >= Self::CAPACITY && !times.contains_key(&name) {
            name = Self::OTHERS.to_owned();
        }
        let entry = times.entry(name).or_default();
        entry.calls += 1;
        entry.failed += u64::from(outcome(&result).is_some());
        entry.total += took;
        entry.longest = entry.longest.max(took);
        result
    }
}
// ANCHOR_END: timing
