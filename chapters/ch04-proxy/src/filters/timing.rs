//! How often each method was called, and how long it took.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use ch01_raw_tcp::Outcome;
use ch02_protocol::{CallError, Reply};

use super::Clock;
use crate::filter::Filter;
use crate::invocation::Invocation;
use crate::invoker::{Invoker, outcome};

/// Counts the calls of each method and adds up their times.
///
/// The names in its table come from whoever calls. At a server that is a stranger, so a name gets a place when a
/// call of it has run; until then it is counted under [`OTHERS`](Self::OTHERS). Otherwise invented names would
/// take the places of methods that exist. And the table is bounded, for an invoker that runs every name.
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
    /// How many methods it keeps apart: 1024. Nobody writes a server with as many, and with the longest names
    /// it is 600 KB.
    pub const CAPACITY: usize = 1024;
    /// The name under which all others are counted.
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

        let name = format!("{}.{}", invocation.service(), invocation.method());
        let mut times = self.lock(); // not while the call runs
        let no_place = times.len() >= Self::CAPACITY || outcome(&result) == Some(Outcome::NeverRan);
        let other = no_place && !times.contains_key(&name);
        let entry = times.entry(if other { Self::OTHERS.to_owned() } else { name }).or_default();
        entry.calls += 1;
        entry.failed += u64::from(outcome(&result).is_some());
        entry.total += took;
        entry.longest = entry.longest.max(took);
        result
    }
}
// ANCHOR_END: timing

impl fmt::Debug for Timing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timing").field("times", &self.times).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicU64;
    use std::sync::atomic::Ordering::Relaxed;

    use ch02_protocol::Status;
    use ch03_codec::{Body, Format};

    use super::*;
    use crate::key::ServiceKey;

    fn invocation(service: &str, method: String) -> Invocation {
        let arguments = Body { format: Format { codec: 1, compressor: 0 }, bytes: "{}".into() };
        Invocation::new(ServiceKey::parse(service).unwrap(), method, arguments).unwrap()
    }

    #[test]
    fn calls_failures_and_times_are_added_up() {
        let (begin, now) = (Instant::now(), Arc::new(AtomicU64::new(0)));
        let clock = Arc::clone(&now);
        let timing = Timing::with_clock(move || begin + Duration::from_millis(clock.load(Relaxed)));
        for (method, took, result) in [
            ("a", 5, Ok(Reply::ok(""))),
            ("a", 20, Ok(Reply::new(Status::NOT_FOUND, ""))),
            ("a", 10, Err(CallError::Ended { why: "cable".into() })),
            ("b", 1, Ok(Reply::ok(""))),
        ] {
            let result = Mutex::new(Some(result));
            let next = |_: &Invocation| {
                now.fetch_add(took, Relaxed);
                result.lock().unwrap().take().unwrap()
            };
            let _ = timing.call(&invocation("A:1", method.into()), &next);
        }
        let [total, longest, one] = [35, 20, 1].map(Duration::from_millis);
        let expected = [
            ("A:1.a".to_owned(), MethodTimes { calls: 3, failed: 2, total, longest }),
            ("A:1.b".to_owned(), MethodTimes { calls: 1, failed: 0, total: one, longest: one }),
        ];
        assert_eq!(timing.times(), expected.into());
    }

    #[test]
    fn a_clock_that_goes_back_counts_nothing() {
        let (begin, looks) = (Instant::now() + Duration::from_secs(9), AtomicU64::new(0));
        let timing = Timing::with_clock(move || begin - Duration::from_secs(looks.fetch_add(1, Relaxed)));
        timing.call(&invocation("A", "m".into()), &|_: &Invocation| Ok(Reply::ok(""))).unwrap();
        assert_eq!(timing.times()["A.m"].total, Duration::ZERO);
    }

    #[test]
    fn ten_thousand_invented_names_fill_no_memory() {
        let timing = Timing::new();
        let next = |_: &Invocation| Ok(Reply::ok("")); // it knows every name
        let call = |name: u64| timing.call(&invocation("A", format!("m{name}")), &next).unwrap();
        (0..10_000).for_each(|name| _ = call(name));
        let times = timing.times();
        assert_eq!(times.len(), Timing::CAPACITY + 1);
        assert_eq!(times[Timing::OTHERS].calls, 10_000 - Timing::CAPACITY as u64);
        assert_eq!(times.values().map(|one| one.calls).sum::<u64>(), 10_000, "none is lost");
        // Who was there before is counted under its own name, still.
        call(7);
        call(9_999);
        let times = timing.times();
        assert_eq!((times["A.m7"].calls, times.len()), (2, Timing::CAPACITY + 1));
        assert_eq!(times[Timing::OTHERS].calls, 10_001 - Timing::CAPACITY as u64);
    }

    #[test]
    fn a_name_that_never_ran_takes_no_place() {
        let timing = Timing::new();
        let call = |method: &str, status| {
            let next = |_: &Invocation| Ok(Reply::new(status, ""));
            timing.call(&invocation("A", method.into()), &next).unwrap()
        };
        for status in [Status::UNKNOWN_SERVICE, Status::UNKNOWN_METHOD, Status::UNAUTHENTICATED, Status::BUSY]
        {
            call("invented", status);
        }
        let times = timing.times();
        assert_eq!(times.keys().collect::<Vec<_>>(), [Timing::OTHERS]);
        assert_eq!((times[Timing::OTHERS].calls, times[Timing::OTHERS].failed), (4, 4));
        // Who has a place keeps it.
        call("real", Status::NOT_FOUND);
        call("real", Status::BUSY);
        assert_eq!(timing.times()["A.real"].calls, 2);
    }

    /// The lock is not held while the call runs: a method may call another one through the same filter.
    #[test]
    fn a_call_within_a_call_is_counted_too() {
        let timing = Timing::new();
        let inner = |_: &Invocation| Ok(Reply::ok(""));
        let outer = |_: &Invocation| timing.call(&invocation("A", "inner".into()), &inner);
        timing.call(&invocation("A", "outer".into()), &outer).unwrap();
        assert_eq!(timing.times().into_keys().collect::<Vec<_>>(), ["A.inner", "A.outer"]);
    }
}
