//! 05-07 Debounce a storm.
//!
//! A storm of changes becomes a few, and the first is not delayed.
//!
//! ```text
//!   changes    1 2 3 4 5    6 7             8
//!              │ ││││       ││              │
//!   published  ▲         ▲         ▲        ▲
//!              1         2…5       6…7      8
//!              ├─ window ┼─ window ┼─ window ┤
//! ```
//!
//! Driven by `now`: no clock, no thread.
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use std::time::{Duration, Instant};

/// The longest window: a minute. Callers have to hear of a change some day.
pub const MAX_WINDOW: Duration = Duration::from_secs(60);

/// Lets the first change through at once, and what follows within a window as one, at its end.
#[derive(Debug)]
pub struct Debounce<T> {
    window: Duration,
    /// Until when changes wait, since the last publication.
    closed_until: Option<Instant>,
    /// What waits.
    waiting: Option<Batch<T>>,
}

/// What is published: one value that stands for some changes.
#[derive(Debug, PartialEq, Eq)]
pub struct Batch<T> {
    /// What was there after the last of them.
    pub newest: T,
    /// How many changes it stands for.
    pub changes: u64,
    /// When the first of them came.
    pub since: Instant,
}

impl<T> Debounce<T> {
    /// Publishes at most once in each `window`, and no window is longer than [`MAX_WINDOW`].
    pub fn new(window: Duration) -> Self {
        // YOUR CODE new: nothing waits, nothing is closed; and the window is bounded.
        todo!("05-07 new")
        // END YOUR CODE
    }

    /// Something has changed; now it is `newest`. What to publish at once, if anything.
    pub fn change(&mut self, now: Instant, newest: T) -> Option<Batch<T>> {
        // YOUR CODE change: it waits, alone or together with what waits already; then see whether it is time.
        todo!("05-07 change")
        // END YOUR CODE
    }

    /// What to publish at `now` of what has changed before, if it is time, and if anything waits.
    pub fn poll(&mut self, now: Instant) -> Option<Batch<T>> {
        // YOUR CODE poll: not before the window ends; and whoever publishes opens the next one.
        todo!("05-07 poll")
        // END YOUR CODE
    }

    /// When to ask [`poll`](Self::poll) again; `None` when nothing waits.
    pub fn due(&self) -> Option<Instant> {
        // YOUR CODE due: the end of the window, if anybody waits for it.
        todo!("05-07 due")
        // END YOUR CODE
    }

    /// How long a driver may wait for the next change before it has to ask [`poll`](Self::poll): until
    /// [`due`](Self::due), and no longer than `longest`.
    pub fn rest(&self, now: Instant, longest: Duration) -> Duration {
        // YOUR CODE rest: what is left until then; nothing if it is past.
        todo!("05-07 rest")
        // END YOUR CODE
    }
}
