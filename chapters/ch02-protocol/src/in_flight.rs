//! Which reply belongs to whom. No socket, no clock, no thread.

use std::collections::BTreeMap;

/// The requests that have been sent and not been answered: request id → who waits for it. [P-04]
///
/// Every way out of the table leads through [`take`](Self::take) or [`drain`](Self::drain), and both remove.
/// So nothing can be answered twice, and nothing stays behind that nobody waits for.
///
/// `W` is whatever wakes the caller: a channel in this chapter, a waker in chapter 8.
#[derive(Debug)]
pub struct InFlight<W> {
    waiting: BTreeMap<u64, W>,
    last_id: u64,
    capacity: usize,
}

/// As many requests are in flight as may be. The waiter comes back. Nothing was sent.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{capacity} requests are in flight, the limit")]
pub struct TooManyInFlight<W> {
    /// The limit.
    pub capacity: usize,
    /// Who wanted to wait.
    pub waiter: W,
}

impl<W> InFlight<W> {
    /// An empty table for at most `capacity` requests.
    pub fn new(capacity: usize) -> Self {
        Self { waiting: BTreeMap::new(), last_id: 0, capacity }
    }

    /// Gives `waiter` the next request id: 1, 2, 3, … (0 belongs to the connection itself: heartbeats have
    /// it.) An id is never used again on this connection. At a million calls a second 64 bits last for
    /// 584,000 years.
    ///
    /// # Errors
    /// [`TooManyInFlight`].
    // ANCHOR: insert
    pub fn insert(&mut self, waiter: W) -> Result<u64, TooManyInFlight<W>> {
        if self.waiting.len() >= self.capacity {
            return Err(TooManyInFlight { capacity: self.capacity, waiter });
        }
        let id = self.next_id();
        self.waiting.insert(id, waiter);
        Ok(id)
    }
    // ANCHOR_END: insert

    /// The next id, for a frame that nobody will answer.
    pub fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Who waits for `id`. `None`: nobody, because it was never sent, was answered before, or was given up.
    /// Then the reply is counted and dropped; it is no reason to fail.
    // ANCHOR: take
    pub fn take(&mut self, id: u64) -> Option<W> {
        self.waiting.remove(&id)
    }
    // ANCHOR_END: take

    /// Everybody whose id is above `last`, when the server has said that it will not answer them.
    pub fn take_above(&mut self, last: u64) -> impl Iterator<Item = (u64, W)> + use<W> {
        let never_ran = match last.checked_add(1) {
            Some(next) => self.waiting.split_off(&next),
            None => BTreeMap::new(),
        };
        never_ran.into_iter()
    }

    /// Everybody, when the connection is lost.
    // ANCHOR: drain
    pub fn drain(&mut self) -> impl Iterator<Item = (u64, W)> + use<W> {
        std::mem::take(&mut self.waiting).into_iter()
    }
    // ANCHOR_END: drain

    /// How many wait.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether nobody waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_find_their_callers_in_any_order_and_once() {
        let mut calls = InFlight::new(8);
        let ids: Vec<u64> = ["a", "b", "c"].map(|name| calls.insert(name).unwrap()).to_vec();
        assert_eq!(ids, [1, 2, 3]);
        assert_eq!(calls.take(3), Some("c"));
        assert_eq!(calls.take(1), Some("a"));
        assert_eq!(calls.take(1), None, "twice");
        assert_eq!(calls.take(99), None, "never sent");
        assert_eq!(calls.take(0), None, "no id at all");
        assert_eq!(calls.len(), 1);
    }

    #[test]
    fn a_full_table_gives_the_waiter_back_and_has_room_after_a_reply() {
        let mut calls = InFlight::new(1);
        assert_eq!(calls.insert("a"), Ok(1));
        assert_eq!(calls.insert("b"), Err(TooManyInFlight { capacity: 1, waiter: "b" }));
        assert_eq!(calls.take(1), Some("a"));
        // The refusal has used up no id.
        assert_eq!(calls.insert("b"), Ok(2));
    }

    #[test]
    fn an_id_is_not_used_again() {
        let mut calls = InFlight::new(8);
        calls.insert("late").unwrap();
        assert_eq!(calls.take(1), Some("late"), "given up");
        calls.insert("next").unwrap();
        assert_eq!(calls.take(1), None, "the late reply must not reach the next caller");
        assert_eq!(calls.next_id(), 3);
        assert_eq!(calls.insert("after"), Ok(4));
    }

    #[test]
    fn a_goaway_takes_the_later_ones_and_a_lost_connection_all() {
        let mut calls = InFlight::new(8);
        for name in ["a", "b", "c", "d"] {
            calls.insert(name).unwrap();
        }
        assert!(!calls.is_empty());
        assert_eq!(calls.take_above(u64::MAX).count(), 0);
        assert_eq!(calls.take_above(2).collect::<Vec<_>>(), [(3, "c"), (4, "d")]);
        assert_eq!(calls.drain().collect::<Vec<_>>(), [(1, "a"), (2, "b")]);
        assert!(calls.is_empty());
    }
}
