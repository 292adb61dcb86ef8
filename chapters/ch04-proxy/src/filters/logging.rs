//! One line for each call.

use std::time::Instant;

use ch02_protocol::{CallError, Reply};

use super::Clock;
use crate::filter::Filter;
use crate::invocation::Invocation;
use crate::invoker::{Invoker, outcome};

/// Writes one line for each call, when it has ended: what was called, how it ended, how long it took.
///
/// Names have been checked ([`ServiceKey`](crate::ServiceKey)) and hold no line breaks. Arguments, results and
/// metadata are not written: they belong to somebody, and a log belongs to everybody. An error's text comes
/// from the other side, so its control characters are escaped: nobody forges a line.
pub struct Logging {
    write: Box<dyn Fn(&str) + Send + Sync>,
    clock: Clock,
}

impl Logging {
    /// Gives each line to `write`, without its `\n`.
    pub fn new(write: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self::with_clock(write, Instant::now)
    }

    /// Writes to standard error.
    pub fn to_stderr() -> Self {
        Self::new(|line| eprintln!("{line}"))
    }

    /// Takes the time from `clock`.
    pub fn with_clock(
        write: impl Fn(&str) + Send + Sync + 'static,
        clock: impl Fn() -> Instant + Send + Sync + 'static,
    ) -> Self {
        Self { write: Box::new(write), clock: Box::new(clock) }
    }
}

// ANCHOR: logging
impl Filter for Logging {
    fn call(&self, invocation: &Invocation, next: &dyn Invoker) -> Result<Reply, CallError> {
        let begin = (self.clock)();
        let result = next.invoke(invocation);
        let took = (self.clock)().saturating_duration_since(begin).as_micros();
        let how = match &result {
            Ok(reply) => format!("{}, {} bytes", reply.status, reply.body.len()),
            Err(error) => error.to_string().escape_debug().to_string(),
        };
        let but = outcome(&result).map(|outcome| format!(" ({outcome})")).unwrap_or_default();
        let (service, method) = (invocation.service(), invocation.method());
        (self.write)(&format!("{service}.{method} {how} {took} µs{but}"));
        result
    }
}
// ANCHOR_END: logging
