//! 05-06 Expire, reconnect, re-register.
//!
//! What has to be done for the registrations of one program, and when.
//!
//! ```text
//!                  registered               renewed ↺
//!   wanted ──▶ Absent ──────────▶ Listed(lease) ──┐
//!              ↺ ▲                   │ ↺          │ not wanted any more
//!         failed └────── gone ───────┘ failed     ▼
//!                                              deregister, and forget
//! ```
//!
//! Driven by `now`: no clock, no thread, no registry.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Numbers the registrations of one program.
pub type Ticket = u64;

/// The first pause after a failure: 50 ms. A connection that broke by accident is back by then.
pub const FIRST: Duration = Duration::from_millis(50);
/// The longest pause: 5 s, Dubbo's retry period.
pub const LONGEST: Duration = Duration::from_secs(5);
/// The longest time between two renewals: a day. A registry whose leases need none says so with a longer one.
pub const LONGEST_RENEWAL: Duration = Duration::from_secs(24 * 60 * 60);
/// How many failures what is not wanted any more may have: 5. After that its lease ends it.
pub const DEREGISTER_ATTEMPTS: u32 = 5;

/// What is wanted, what stands, and what to do next. `L` is what the registry gave for a registration.
#[derive(Debug)]
pub struct Agenda<L> {
    items: BTreeMap<Ticket, Item<L>>,
    renew_every: Duration,
    next: Ticket,
    /// Spreads the pauses. `None`: they are as long as they are.
    random: Option<fastrand::Rng>,
}

/// One registration.
#[derive(Debug)]
struct Item<L> {
    /// What the registry gave for it, as far as we know.
    lease: Option<L>,
    wanted: bool,
    /// Failures in a row.
    attempts: u32,
    /// When it is its turn; `None` while it is being worked on.
    due: Option<Instant>,
}

/// What to do now. Do it, tell the agenda how it went, and ask again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Todo<L> {
    /// Enter it in the list.
    Register(Ticket),
    /// Say that it lives.
    Renew(Ticket, L),
    /// Take it from the list.
    Deregister(Ticket, L),
    /// Nothing, until then; or until something new is wanted.
    Rest(Option<Instant>),
}

impl<L: Clone> Agenda<L> {
    /// Renews each lease after `renew_every`. The `seed` spreads the pauses; with 0 they are not spread.
    pub fn new(renew_every: Duration, seed: u64) -> Self {
        let random = (seed != 0).then(|| fastrand::Rng::with_seed(seed));
        let renew_every = renew_every.min(LONGEST_RENEWAL);
        Self { items: BTreeMap::new(), renew_every, next: 0, random }
    }

    /// One more registration, as soon as possible.
    pub fn want(&mut self, now: Instant) -> Ticket {
        let ticket = self.next;
        self.next += 1;
        self.items.insert(ticket, Item { lease: None, wanted: true, attempts: 0, due: Some(now) });
        ticket
    }

    /// How many are wanted, or have to be taken back.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing is wanted, and nothing has to be taken back.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The next thing to do. What is given out is not given again until it was told how it went.
    pub fn next(&mut self, now: Instant) -> Todo<L> {
        // YOUR CODE next: nobody's turn, not yet, or: hand it out, and say what it is that has to be done.
        let Some((ticket, item)) = self.first() else { return Todo::Rest(None) };
        if item.due > Some(now) {
            return Todo::Rest(item.due);
        }
        item.due = None;
        match (&item.lease, item.wanted) {
            (None, _) => Todo::Register(ticket),
            (Some(lease), true) => Todo::Renew(ticket, lease.clone()),
            (Some(lease), false) => Todo::Deregister(ticket, lease.clone()),
        }
        // END YOUR CODE
    }

    /// This registration is not wanted any more. Saying so twice changes nothing.
    pub fn unwant(&mut self, ticket: Ticket, now: Instant) {
        let Some(item) = self.items.get_mut(&ticket).filter(|item| item.wanted) else { return };
        item.wanted = false;
        item.attempts = 0;
        // YOUR CODE unwant: take back what is listed, forget what is not; what is being worked on will be told.
        match (item.due, &item.lease) {
            (None, _) => {}
            (Some(_), Some(_)) => item.due = Some(now),
            (Some(_), None) => _ = self.items.remove(&ticket),
        }
        // END YOUR CODE
    }

    /// It was registered, and `lease` came back.
    pub fn registered(&mut self, ticket: Ticket, lease: L, now: Instant) {
        // YOUR CODE registered: the lease is kept, and it went well; unless nobody knows the ticket any more.
        let Some(item) = self.items.get_mut(&ticket) else { return };
        item.lease = Some(lease);
        self.went_well(ticket, now);
        // END YOUR CODE
    }

    /// The lease goes on.
    pub fn renewed(&mut self, ticket: Ticket, now: Instant) {
        self.went_well(ticket, now);
    }

    /// It was taken from the list.
    pub fn deregistered(&mut self, ticket: Ticket) {
        self.items.remove(&ticket);
    }

    /// The registry answers that it does not know the lease: it has expired, or the registry was started again.
    pub fn gone(&mut self, ticket: Ticket, now: Instant) {
        let Some(item) = self.items.get_mut(&ticket) else { return };
        // YOUR CODE gone: there is no lease any more. Who is wanted is registered again, at once.
        item.lease = None;
        match item.wanted {
            true => item.due = Some(now),
            false => _ = self.items.remove(&ticket),
        }
        // END YOUR CODE
    }

    /// It did not work: nobody answered, or with an error. Nothing is known about whether it was done.
    pub fn failed(&mut self, ticket: Ticket, now: Instant) {
        let Some(item) = self.items.get_mut(&ticket) else { return };
        item.attempts = item.attempts.saturating_add(1);
        // YOUR CODE failed: give it up, if its lease can end it as well; else again, after a pause.
        if !item.wanted && (item.lease.is_none() || item.attempts >= DEREGISTER_ATTEMPTS) {
            self.items.remove(&ticket);
            return;
        }
        let pause = pause(item.attempts).min(self.renew_every);
        item.due = Some(now + spread(pause, &mut self.random));
        // END YOUR CODE
    }

    /// The registry has done what it was asked.
    fn went_well(&mut self, ticket: Ticket, now: Instant) {
        let Some(item) = self.items.get_mut(&ticket) else { return };
        // YOUR CODE went_well: when is its next turn? And the registry answers: who waits to try again need not wait.
        let failed_before = std::mem::take(&mut item.attempts) > 0;
        item.due = Some(if item.wanted { now + self.renew_every } else { now });
        if failed_before {
            for other in self.items.values_mut().filter(|other| other.attempts > 0 && other.due.is_some()) {
                other.due = Some(now);
            }
        }
        // END YOUR CODE
    }

    /// Whose turn is next, now or later. Of two at the same moment it is the one that was wanted first.
    fn first(&mut self) -> Option<(Ticket, &mut Item<L>)> {
        let waiting = self.items.iter_mut().filter(|(_, item)| item.due.is_some());
        waiting.min_by_key(|(_, item)| item.due).map(|(ticket, item)| (*ticket, item))
    }
}

/// How long to wait after so many failures in a row, one or more: [`FIRST`], and twice as long after each further
/// one, but never longer than [`LONGEST`].
pub fn pause(attempts: u32) -> Duration {
    // YOUR CODE pause: any number of failures may come.
    let doublings = attempts.saturating_sub(1).min(16); // 2^16 × 50 ms is far beyond the longest
    (FIRST * 2_u32.pow(doublings)).min(LONGEST)
    // END YOUR CODE
}

/// Takes a random part away, at most half. A registry that comes back would otherwise be visited by everybody at
/// once.
fn spread(pause: Duration, random: &mut Option<fastrand::Rng>) -> Duration {
    random.as_mut().map_or(pause, |random| pause - pause.mul_f64(random.f64() / 2.0))
}
