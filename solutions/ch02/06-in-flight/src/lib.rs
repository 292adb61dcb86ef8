//! 02-06 Match replies to requests.
//!
//! One connection carries many calls at once, and replies come in the order in which they are ready.
//!
//! ```text
//!   caller A ── insert ──▶ 1 ─┐                        ┌─ reply 2 ──▶ deliver ──▶ caller B
//!   caller B ── insert ──▶ 2 ─┼── one connection ──────┼─ reply 1 ──▶ deliver ──▶ caller A
//!   caller C ── insert ──▶ 3 ─┘   (C has given up)     └─ reply 3 ──▶ deliver ──▶ nobody: late, counted
//! ```
#![forbid(unsafe_code)]

use std::collections::BTreeMap;

use ch02_protocol::Frame;

/// The requests that have been sent and not been answered: request id → who waits for it.
///
/// `W` is whatever wakes a caller: a channel, a thread's handle, a waker. The table does not look at it.
#[derive(Debug)]
pub struct InFlight<W> {
    waiting: BTreeMap<u64, W>,
    /// The id that was given out last; 0 before the first.
    last_id: u64,
    capacity: usize,
    late: u64,
}

/// As many requests are in flight as may be. Nothing was sent, and the waiter comes back.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{capacity} requests are in flight, the limit")]
pub struct TooManyInFlight<W> {
    /// The limit.
    pub capacity: usize,
    /// Who wanted to wait.
    pub waiter: W,
}

/// Whose reply it was.
#[derive(Debug, PartialEq, Eq)]
pub enum Delivery<W> {
    /// This one's. The caller of [`InFlight::deliver`] wakes it.
    Delivered(W, Frame),
    /// Nobody waits for it. It was counted, and is dropped.
    Nobody,
}

impl<W> InFlight<W> {
    /// An empty table for at most `capacity` requests.
    pub fn new(capacity: usize) -> Self {
        Self { waiting: BTreeMap::new(), last_id: 0, capacity, late: 0 }
    }

    /// Gives `waiter` the next request id: 1, 2, 3, … Only a full table refuses; neither a goaway nor a lost
    /// connection closes it.
    ///
    /// # Errors
    /// [`TooManyInFlight`] when `capacity` requests are in flight.
    pub fn insert(&mut self, waiter: W) -> Result<u64, TooManyInFlight<W>> {
        // YOUR CODE insert: no room is an error that costs nothing; else a number that nobody had before.
        if self.waiting.len() >= self.capacity {
            return Err(TooManyInFlight { capacity: self.capacity, waiter });
        }
        self.last_id += 1;
        self.waiting.insert(self.last_id, waiter);
        Ok(self.last_id)
        // END YOUR CODE
    }

    /// Finds out whose reply `frame` is. It is a response; whoever calls this has looked.
    pub fn deliver(&mut self, frame: Frame) -> Delivery<W> {
        // YOUR CODE deliver: the id says whose it is; a reply that nobody waits for is counted, and no failure.
        match self.waiting.remove(&frame.request_id) {
            Some(waiter) => Delivery::Delivered(waiter, frame),
            None => {
                self.late += 1;
                Delivery::Nobody
            }
        }
        // END YOUR CODE
    }

    /// The caller of `id` has waited long enough. `None`: nobody waits for that id.
    pub fn give_up(&mut self, id: u64) -> Option<W> {
        // YOUR CODE give_up: its place is free at once.
        self.waiting.remove(&id)
        // END YOUR CODE
    }

    /// The server has said that it will not answer requests above `last`: they never ran, and may be sent
    /// elsewhere. Returns them, the lowest id first.
    pub fn going_away(&mut self, last: u64) -> Vec<(u64, W)> {
        // YOUR CODE going_away: out with all that are above `last`; `last` itself will be answered.
        let never_ran = match last.checked_add(1) {
            Some(next) => self.waiting.split_off(&next),
            None => BTreeMap::new(),
        };
        never_ran.into_iter().collect()
        // END YOUR CODE
    }

    /// The connection is lost, and no reply will come any more. Returns everybody, the lowest id first.
    pub fn connection_lost(&mut self) -> Vec<(u64, W)> {
        // YOUR CODE connection_lost: nobody may be left waiting.
        std::mem::take(&mut self.waiting).into_iter().collect()
        // END YOUR CODE
    }

    /// How many requests are in flight.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether no request is in flight.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// How many replies have come that nobody waited for.
    pub fn late(&self) -> u64 {
        self.late
    }
}
