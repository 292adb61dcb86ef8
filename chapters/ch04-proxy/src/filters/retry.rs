//! Another attempt, when the first never ran.

use std::time::Duration;

use ch01_raw_tcp::Outcome;
use ch02_protocol::{CallError, Reply, Status};

use crate::filter::Filter;
use crate::invocation::Invocation;
use crate::invoker::{Invoker, outcome};

/// Tries again what never ran, and nothing else. [P-06]
///
/// A call that *may* have run is not repeated: it may be an order, and two orders are one too many. (Chapter 6
/// lets a method say that it may run twice.) And of what never ran only that is repeated which may go
/// better: a method that does not exist will not exist in a moment.
pub struct Retry {
    attempts: u32,
    pause: Duration,
    sleep: Box<dyn Fn(Duration) + Send + Sync>,
}

impl Retry {
    /// How many attempts there are at most, the first one counted: 10. More is a load test.
    pub const MAX_ATTEMPTS: u32 = 10;
    /// How long a pause is at most: 1 s. A thread waits for it.
    pub const MAX_PAUSE: Duration = Duration::from_secs(1);

    /// Tries `attempts` times in all, and waits `pause` after the first, twice as long after the second, and
    /// so on. Both are bounded; see the constants. Fewer than one attempt is one.
    pub fn new(attempts: u32, pause: Duration) -> Self {
        Self::with_sleep(attempts, pause, std::thread::sleep)
    }

    /// Waits by way of `sleep`.
    pub fn with_sleep(
        attempts: u32,
        pause: Duration,
        sleep: impl Fn(Duration) + Send + Sync + 'static,
    ) -> Self {
        let attempts = attempts.clamp(1, Self::MAX_ATTEMPTS);
        Self { attempts, pause: pause.min(Self::MAX_PAUSE), sleep: Box::new(sleep) }
    }
}

// ANCHOR: retry
impl Filter for Retry {
    fn call(&self, invocation: &Invocation, next: &dyn Invoker) -> Result<Reply, CallError> {
        let mut pause = self.pause;
        for _ in 1..self.attempts {
            let result = next.invoke(invocation);
            if !worth_another_attempt(&result) {
                return result;
            }
            (self.sleep)(pause);
            pause = (pause * 2).min(Self::MAX_PAUSE);
        }
        next.invoke(invocation)
    }
}

fn worth_another_attempt(result: &Result<Reply, CallError>) -> bool {
    if outcome(result) != Some(Outcome::NeverRan) {
        return false;
    }
    match result {
        Ok(reply) => matches!(reply.status, Status::BUSY | Status::SHUTTING_DOWN),
        // The request itself is too long; it will be no shorter next time.
        Err(CallError::NotAFrame(_)) => false,
        Err(_) => true,
    }
}
// ANCHOR_END: retry
