//! Filters that every framework has: a log, times, a token, another attempt.

mod logging;
mod retry;
mod timing;
mod token;

pub use logging::Logging;
pub use retry::{Retry, worth_another_attempt};
pub use timing::{MethodTimes, Timing};
pub use token::{RequireToken, Token};

use std::time::Instant;

/// Where a filter takes the time from; tests bring their own.
pub(crate) type Clock = Box<dyn Fn() -> Instant + Send + Sync>;
