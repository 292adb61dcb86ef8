//! 04-04 A filter chain.
//!
//! What has to be done around every call, one filter for each thing.
//!
//! ```text
//!   invoke ──▶ Require ──▶ Retry ──▶ Logging ──▶ end
//!          ◀──         ◀──       ◀──         ◀──
//!              outermost:                     carries the call out:
//!              the call first, the reply last a Client, a Dispatcher
//! ```
//!
//! What a filter calls to go on, `next`, is all that stands behind it.
#![forbid(unsafe_code)]

use std::sync::Arc;
use std::time::Duration;

use ch01_raw_tcp::Outcome;
use ch02_protocol::{CallError, Reply, Status};
use ch04_proxy::{Filter, Invocation, Invoker, outcome};

/// Filters, the outermost first, and what carries the call out.
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

/// Whoever calls a chain does not know that it is one.
impl Invoker for Chain {
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        // YOUR CODE chain: a call begins with all filters before it.
        Rest { filters: &self.filters, end: &*self.end }.invoke(invocation)
        // END YOUR CODE
    }
}

/// What is left of a chain, as one of its filters sees it.
struct Rest<'a> {
    filters: &'a [Arc<dyn Filter>],
    end: &'a dyn Invoker,
}

impl Invoker for Rest<'_> {
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        // YOUR CODE rest: the first filter with what is left behind it; or the end.
        match self.filters.split_first() {
            Some((first, filters)) => first.call(invocation, &Rest { filters, end: self.end }),
            None => self.end.invoke(invocation),
        }
        // END YOUR CODE
    }
}

/// Tries again what never ran, when that may help.
pub struct Retry {
    attempts: u32,
    pause: Duration,
    sleep: Box<dyn Fn(Duration) + Send + Sync>,
}

impl Retry {
    /// How many attempts there are at most: 10. More is a load test.
    pub const MAX_ATTEMPTS: u32 = 10;
    /// How long a pause is at most: 1 s. A thread waits for it.
    pub const MAX_PAUSE: Duration = Duration::from_secs(1);

    /// `attempts` in all, the first one counted; `pause` after the first, twice as long after each further one.
    /// `sleep` waits.
    pub fn new(attempts: u32, pause: Duration, sleep: impl Fn(Duration) + Send + Sync + 'static) -> Self {
        let attempts = attempts.clamp(1, Self::MAX_ATTEMPTS);
        Self { attempts, pause: pause.min(Self::MAX_PAUSE), sleep: Box::new(sleep) }
    }
}

impl Filter for Retry {
    fn call(&self, invocation: &Invocation, next: &dyn Invoker) -> Result<Reply, CallError> {
        // YOUR CODE retry: as often as it is worth it, and not once more; a pause before each further attempt.
        let mut pause = self.pause;
        for _ in 1..self.attempts {
            let result = next.invoke(invocation);
            if !worth_another(&result) {
                return result;
            }
            (self.sleep)(pause);
            pause = (pause * 2).min(Self::MAX_PAUSE);
        }
        next.invoke(invocation)
        // END YOUR CODE
    }
}

/// Whether another attempt is safe, and may go better.
fn worth_another(result: &Result<Reply, CallError>) -> bool {
    // YOUR CODE worth_another: it never ran; and what was in the way may be gone in a moment.
    if outcome(result) != Some(Outcome::NeverRan) {
        return false;
    }
    let status = match result {
        Ok(reply) => reply.status,
        Err(CallError::Remote { status, .. } | CallError::GoneAway { status, .. }) => *status,
        Err(error) => return !matches!(error, CallError::NotAFrame(_) | CallError::Refused { .. }),
    };
    matches!(status, Status::BUSY | Status::SHUTTING_DOWN | Status::IDLE)
    // END YOUR CODE
}

/// Lets those pass who know the token.
pub struct Require {
    token: String,
}

impl Require {
    /// Asks for `token`.
    ///
    /// # Panics
    /// When `token` is empty: it would protect nothing.
    pub fn new(token: &str) -> Self {
        assert!(!token.is_empty(), "an empty token protects nothing");
        Self { token: token.to_owned() }
    }
}

impl Filter for Require {
    fn call(&self, invocation: &Invocation, next: &dyn Invoker) -> Result<Reply, CallError> {
        // YOUR CODE require: the token stands in the metadata; without it nothing runs.
        let text = match invocation.metadata.get("token") {
            Some(token) if same(token, &self.token) => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::UNAUTHENTICATED, text))
        // END YOUR CODE
    }
}

/// Whether two texts are the same. It looks at every byte, also after the first difference: so the time that it
/// takes does not tell a guesser how far he has got.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}
