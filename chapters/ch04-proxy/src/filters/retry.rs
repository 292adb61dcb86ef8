//! Another attempt, when the first never ran.

use std::fmt;
use std::time::Duration;

use ch01_raw_tcp::Outcome;
use ch02_protocol::{CallError, Reply};

use crate::filter::Filter;
use crate::invocation::Invocation;
use crate::invoker::{Invoker, outcome, passes};

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

/// Whether a call that ended so never ran, and may go better: in a moment, or at another server (chapter 5).
pub fn worth_another_attempt(result: &Result<Reply, CallError>) -> bool {
    if outcome(result) != Some(Outcome::NeverRan) {
        return false;
    }
    match result {
        Ok(reply) => passes(reply.status),
        Err(CallError::Remote { status, .. } | CallError::GoneAway { status, .. }) => passes(*status),
        // A request that is too long will be no shorter next time; and who refuses here knows why.
        Err(CallError::NotAFrame(_) | CallError::Refused { .. }) => false,
        Err(_) => true,
    }
}
// ANCHOR_END: retry

impl fmt::Debug for Retry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retry")
            .field("attempts", &self.attempts)
            .field("pause", &self.pause)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use ch02_protocol::{EncodeError, Status};
    use ch03_codec::{Body, Format};

    use super::*;
    use crate::key::ServiceKey;

    type Answer = Result<Reply, CallError>;

    /// Calls something that always answers with `answer`: how often it was called, all pauses in milliseconds,
    /// and what came out in the end.
    fn retry(
        attempts: u32,
        pause: Duration,
        answer: impl Fn(u32) -> Answer + Send + Sync,
    ) -> (u32, Vec<u128>, Answer) {
        let (calls, slept) = (Mutex::new(0), Arc::new(Mutex::new(Vec::new())));
        let sleeping = Arc::clone(&slept);
        let retry =
            Retry::with_sleep(attempts, pause, move |pause| sleeping.lock().unwrap().push(pause.as_millis()));
        let next = |_: &Invocation| {
            let mut calls = calls.lock().unwrap();
            *calls += 1;
            answer(*calls)
        };
        let arguments = Body { format: Format { codec: 1, compressor: 0 }, bytes: "{}".into() };
        let invocation = Invocation::new(ServiceKey::parse("A").unwrap(), "m", arguments).unwrap();
        let result = retry.call(&invocation, &next);
        let slept = slept.lock().unwrap().clone();
        (calls.into_inner().unwrap(), slept, result)
    }

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn what_never_ran_and_may_go_better_is_tried_again_and_nothing_else() {
        let says = |status| move |_| Ok(Reply::new(status, "no"));
        for (code, name) in (0..=400).filter_map(|code| Some((code, Status(code).name()?))) {
            let attempts = retry(3, MS, says(Status(code))).0;
            let expected = if matches!(name, "busy" | "shutting-down" | "idle") { 3 } else { 1 };
            assert_eq!(attempts, expected, "{code} {name}");
        }
        // What a later version says: never ran, but nobody knows why.
        assert_eq!(retry(3, MS, says(Status(199))).0, 1);

        let other = || io::Error::other("cable");
        type Make = fn(io::Error) -> CallError;
        let errors: [(u32, Make); 11] = [
            (3, |source| CallError::Connect { address: ([127, 0, 0, 1], 1).into(), source }),
            (3, |_| CallError::TooManyInFlight { capacity: 1 }),
            (3, |_| CallError::Ended { why: "cable".into() }),
            (3, |_| CallError::GoneAway { status: Status::SHUTTING_DOWN, text: String::new() }),
            (3, |_| CallError::Remote { status: Status::BUSY, text: String::new() }),
            // A frame that it does not take breaks its connection each time; a method will not be there soon.
            (1, |_| CallError::GoneAway { status: Status::BAD_FRAME, text: String::new() }),
            (1, |_| CallError::Remote { status: Status::UNKNOWN_METHOD, text: String::new() }),
            (1, |_| CallError::NotAFrame(EncodeError::HeaderTooLong { got: 2, limit: 1 })),
            (1, |_| CallError::Refused { why: "no room".into() }),
            (1, |source| CallError::NoReply { source }),
            (1, |_| CallError::BadReply { text: String::new() }),
        ];
        for (expected, error) in errors {
            assert_eq!(retry(3, MS, |_| Err(error(other()))).0, expected, "{}", error(other()));
        }
        // It goes well: no reason to do it again.
        assert_eq!(retry(3, MS, says(Status::OK)).0, 1);
    }

    #[test]
    fn the_last_answer_counts() {
        let busy = |text: String| Ok(Reply::new(Status::BUSY, text));
        let (calls, slept, result) = retry(3, MS, |call| busy(call.to_string()));
        assert_eq!((calls, slept), (3, vec![1, 2]), "no pause after the last one");
        assert_eq!(result.unwrap(), Reply::new(Status::BUSY, "3"));
        let well_at_last = |call| if call < 3 { busy(String::new()) } else { Ok(Reply::ok("3")) };
        assert_eq!(retry(9, MS, well_at_last).2.unwrap(), Reply::ok("3"));
        // First busy, then lost: it may have run, so that is the end.
        let lost = |call| match call {
            1 => busy(String::new()),
            _ => Err(CallError::NoReply { source: io::Error::other("cable") }),
        };
        assert_eq!(retry(9, MS, lost).0, 2);
    }

    #[test]
    fn pauses_double_up_to_a_second_and_attempts_are_bounded() {
        let busy = |_| Ok(Reply::new(Status::BUSY, ""));
        let (calls, slept, _) = retry(u32::MAX, 100 * MS, busy);
        assert_eq!(calls, Retry::MAX_ATTEMPTS);
        assert_eq!(slept, [100, 200, 400, 800, 1000, 1000, 1000, 1000, 1000]);
        assert_eq!(retry(2, Duration::MAX, busy).1, [1000]);
        assert_eq!(retry(3, Duration::ZERO, busy).1, [0, 0]);
        for few in [0, 1] {
            assert_eq!(retry(few, MS, busy).0, 1);
        }
    }
}
