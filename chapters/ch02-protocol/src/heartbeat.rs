//! Is the other side still there? Driven by `now`; no clock, no thread, no socket.

use std::time::{Duration, Instant};

/// Watches how long the other side has been silent. [H-01]
///
/// ```text
///   heard        every       every       every
///     ├────────────┼───────────┼───────────┤
///     │          Send        Send        Dead      (missed = 2)
///     ▲ any byte that comes puts everything back to the beginning
/// ```
///
/// A connection on which something comes needs no heartbeats; so they cost nothing while there is work.
#[derive(Debug)]
pub struct Heartbeat {
    every: Duration,
    missed: u32,
    /// When something came last, or when we sent the last heartbeat.
    last: Instant,
    unanswered: u32,
}

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    /// Nothing, for so long.
    Wait(Duration),
    /// Send a heartbeat, and ask again.
    Send,
    /// The other side has not answered any of them. Close the connection.
    Dead,
}

impl Heartbeat {
    /// Sends a heartbeat after `every` of silence, and gives up when `missed` of them had no answer: after
    /// `every` × (`missed` + 1).
    pub fn new(every: Duration, missed: u32, now: Instant) -> Self {
        Self { every, missed, last: now, unanswered: 0 }
    }

    /// Something has come, whatever it was.
    pub fn heard(&mut self, now: Instant) {
        self.last = now;
        self.unanswered = 0;
    }

    /// The heartbeat could not be sent, so nobody owes an answer to it.
    pub fn not_sent(&mut self) {
        self.unanswered = self.unanswered.saturating_sub(1);
    }

    /// What to do at `now`.
    // ANCHOR: poll
    pub fn poll(&mut self, now: Instant) -> Beat {
        let due = self.last + self.every;
        if now < due {
            return Beat::Wait(due - now);
        }
        if self.unanswered >= self.missed {
            return Beat::Dead;
        }
        self.unanswered += 1;
        self.last = now; // the answer has its full time, even if we come late
        Beat::Send
    }
    // ANCHOR_END: poll
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: Duration = Duration::from_secs(15);

    #[test]
    fn two_without_an_answer_and_it_is_dead() {
        let start = Instant::now();
        let mut heart = Heartbeat::new(EVERY, 2, start);
        assert_eq!(heart.poll(start), Beat::Wait(EVERY));
        assert_eq!(heart.poll(start + EVERY - Duration::from_nanos(1)), Beat::Wait(Duration::from_nanos(1)));
        assert_eq!(heart.poll(start + EVERY), Beat::Send);
        assert_eq!(heart.poll(start + EVERY), Beat::Wait(EVERY));
        assert_eq!(heart.poll(start + EVERY * 2), Beat::Send);
        assert_eq!(
            heart.poll(start + EVERY * 3 - Duration::from_nanos(1)),
            Beat::Wait(Duration::from_nanos(1))
        );
        assert_eq!(heart.poll(start + EVERY * 3), Beat::Dead);
        assert_eq!(heart.poll(start + EVERY * 4), Beat::Dead, "and it stays that way");
    }

    #[test]
    fn who_has_slept_does_not_take_the_others_for_dead() {
        let start = Instant::now();
        let mut heart = Heartbeat::new(EVERY, 2, start);
        let woken = start + EVERY * 100; // the lid was closed
        assert_eq!(heart.poll(woken), Beat::Send);
        assert_eq!(heart.poll(woken), Beat::Wait(EVERY));
    }

    #[test]
    fn what_was_not_sent_is_not_unanswered() {
        let start = Instant::now();
        let mut heart = Heartbeat::new(EVERY, 1, start);
        for round in 1..10 {
            assert_eq!(heart.poll(start + EVERY * round), Beat::Send);
            heart.not_sent();
        }
        assert_eq!(heart.poll(start + EVERY * 10), Beat::Send);
        assert_eq!(heart.poll(start + EVERY * 11), Beat::Dead);
    }

    #[test]
    fn any_byte_starts_it_again() {
        let start = Instant::now();
        let mut heart = Heartbeat::new(EVERY, 2, start);
        assert_eq!(heart.poll(start + EVERY), Beat::Send);
        assert_eq!(heart.poll(start + EVERY * 2), Beat::Send);
        heart.heard(start + EVERY * 2);
        assert_eq!(heart.poll(start + EVERY * 3), Beat::Send);
    }
}
