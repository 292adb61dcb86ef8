//! What has to be done for the registrations of one program, and when.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use crate::backoff;

/// Numbers the registrations of one program.
pub type Ticket = u64;

/// How often taking an entry from the list is tried: 5 times. After that its lease ends it, which is what
/// leases are for.
pub const DEREGISTER_ATTEMPTS: u32 = 5;

/// The longest time between two renewals: a day. A registry whose leases need none says so with a longer one.
const LONGEST_RENEWAL: Duration = Duration::from_secs(24 * 60 * 60);

/// What is wanted, what stands, and what to do next. `L` is what the registry gave for a registration.
///
/// ```text
///                  registered               renewal kept ↺
///   wanted ──▶ Absent ──────────▶ Listed(lease) ──┐
///                ▲                   │            │ not wanted any more
///                └──── gone ─────────┘            ▼
///              the lease is unknown:         Deregister, and forget
///              the registry has restarted,
///              or we came too late
/// ```
///
/// An attempt that fails is made again, later and later, for as long as it is wanted. Driven by `now`; no
/// clock, no thread, no registry. [R-01] [R-05]
#[derive(Debug)]
pub struct Agenda<L> {
    items: BTreeMap<Ticket, Item<L>>,
    /// Every item that is not being worked on, by when it is its turn.
    due: BTreeSet<(Instant, Ticket)>,
    /// Those that have failed since the registry last answered, and wait for another attempt.
    backing_off: BTreeSet<Ticket>,
    renew_every: Duration,
    next: Ticket,
    random: fastrand::Rng,
}

#[derive(Debug)]
struct Item<L> {
    lease: Option<L>,
    wanted: bool,
    /// Failures in a row.
    attempts: u32,
    /// When it is its turn; `None` while it is being worked on.
    due: Option<Instant>,
}

// ANCHOR: todo
/// What to do now. Tell the agenda how it went, and ask again.
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
// ANCHOR_END: todo

impl<L: Clone> Agenda<L> {
    /// Renews each lease after `renew_every`. The `seed` spreads the retries.
    pub fn new(renew_every: Duration, seed: u64) -> Self {
        let random = fastrand::Rng::with_seed(seed);
        let (items, due, backing_off) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        let mut agenda = Self { items, due, backing_off, renew_every, next: 0, random };
        agenda.renew_every(renew_every);
        agenda
    }

    /// From now on renews each lease after this time: some registries tell only with the first lease how long
    /// leases are.
    pub fn renew_every(&mut self, renew_every: Duration) {
        self.renew_every = renew_every.min(LONGEST_RENEWAL);
    }

    /// Nobody is left who could wait: what has to be taken back is tried once more, and then left to its lease.
    pub fn close(&mut self) {
        for item in self.items.values_mut().filter(|item| !item.wanted) {
            item.attempts = item.attempts.max(DEREGISTER_ATTEMPTS - 1);
        }
    }

    /// One more registration, as soon as possible.
    pub fn want(&mut self, now: Instant) -> Ticket {
        let ticket = self.next;
        self.next += 1;
        self.items.insert(ticket, Item { lease: None, wanted: true, attempts: 0, due: None });
        self.set_due(ticket, now);
        ticket
    }

    /// This registration is not wanted any more.
    pub fn unwant(&mut self, ticket: Ticket, now: Instant) {
        let Some(item) = self.items.get_mut(&ticket).filter(|item| item.wanted) else { return };
        item.wanted = false;
        item.attempts = 0;
        match (item.due, &item.lease) {
            (Some(_), Some(_)) => self.set_due(ticket, now),
            (Some(_), None) => self.forget(ticket), // not listed: nothing to take back
            (None, _) => {}                         // who works on it will tell how it went
        }
    }

    /// The next thing to do. What is given out is not given again until it was told how it went.
    // ANCHOR: next
    pub fn next(&mut self, now: Instant) -> Todo<L> {
        let Some(&(due, ticket)) = self.due.first() else { return Todo::Rest(None) };
        if due > now {
            return Todo::Rest(Some(due));
        }
        self.due.pop_first();
        self.backing_off.remove(&ticket);
        let item = self.items.get_mut(&ticket).expect("what is due is in the table");
        item.due = None;
        match (&item.lease, item.wanted) {
            (None, _) => Todo::Register(ticket),
            (Some(lease), true) => Todo::Renew(ticket, lease.clone()),
            (Some(lease), false) => Todo::Deregister(ticket, lease.clone()),
        }
    }
    // ANCHOR_END: next

    /// It was registered, and `lease` came back.
    pub fn registered(&mut self, ticket: Ticket, lease: L, now: Instant) {
        if let Some(item) = self.items.get_mut(&ticket) {
            item.lease = Some(lease);
            self.went_well(ticket, now);
        }
    }

    /// The lease goes on.
    pub fn renewed(&mut self, ticket: Ticket, now: Instant) {
        self.went_well(ticket, now);
    }

    /// The registry does not know the lease (any more). Who is wanted is registered again, at once.
    // ANCHOR: gone
    pub fn gone(&mut self, ticket: Ticket, now: Instant) {
        let Some(item) = self.items.get_mut(&ticket) else { return };
        item.lease = None;
        match item.wanted {
            true => self.set_due(ticket, now),
            false => self.forget(ticket),
        }
    }
    // ANCHOR_END: gone

    /// It was taken from the list.
    pub fn deregistered(&mut self, ticket: Ticket) {
        self.forget(ticket);
    }

    /// It did not work. Nothing is known about whether it was done.
    // ANCHOR: failed
    pub fn failed(&mut self, ticket: Ticket, now: Instant) {
        let Some(item) = self.items.get_mut(&ticket) else { return };
        item.attempts = item.attempts.saturating_add(1);
        // An entry that may have been made for nothing, or cannot be taken back, ends with its lease.
        if !item.wanted && (item.lease.is_none() || item.attempts >= DEREGISTER_ATTEMPTS) {
            return self.forget(ticket);
        }
        let longest = self.renew_every.max(backoff::FIRST);
        let wait = backoff::after(item.attempts, &mut self.random).min(longest);
        self.backing_off.insert(ticket);
        self.set_due(ticket, now + wait);
    }
    // ANCHOR_END: failed

    /// Whether this registration is wanted, or has to be taken back.
    pub fn contains(&self, ticket: Ticket) -> bool {
        self.items.contains_key(&ticket)
    }

    /// Whether nothing is wanted, and nothing has to be taken back.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// The registry answers: whoever waits to try again need not wait.
    fn went_well(&mut self, ticket: Ticket, now: Instant) {
        let Some(item) = self.items.get_mut(&ticket) else { return };
        let failed_before = std::mem::take(&mut item.attempts) > 0;
        let due = if item.wanted { now + self.renew_every } else { now };
        self.backing_off.remove(&ticket);
        self.set_due(ticket, due);
        // Only news brings others forward: one that is refused for a reason of its own keeps its pauses.
        if failed_before {
            for waiting in std::mem::take(&mut self.backing_off) {
                self.set_due(waiting, now);
            }
        }
    }

    fn set_due(&mut self, ticket: Ticket, due: Instant) {
        let Some(item) = self.items.get_mut(&ticket) else { return };
        if let Some(old) = item.due.replace(due) {
            self.due.remove(&(old, ticket));
        }
        self.due.insert((due, ticket));
    }

    fn forget(&mut self, ticket: Ticket) {
        self.backing_off.remove(&ticket);
        if let Some(Item { due: Some(due), .. }) = self.items.remove(&ticket) {
            self.due.remove(&(due, ticket));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: Duration = Duration::from_secs(3);

    fn agenda() -> (Agenda<&'static str>, Instant) {
        (Agenda::new(EVERY, 1), Instant::now())
    }

    /// Registered at `now`.
    fn listed(agenda: &mut Agenda<&'static str>, lease: &'static str, now: Instant) -> Ticket {
        let ticket = agenda.want(now);
        assert_eq!(agenda.next(now), Todo::Register(ticket));
        agenda.registered(ticket, lease, now);
        ticket
    }

    #[test]
    fn what_is_wanted_is_registered_and_renewed() {
        let (mut agenda, now) = agenda();
        assert_eq!(agenda.next(now), Todo::Rest(None));
        let one = listed(&mut agenda, "lease", now);
        assert_eq!(agenda.next(now), Todo::Rest(Some(now + EVERY)));
        assert_eq!(agenda.next(now + EVERY), Todo::Renew(one, "lease"));
        assert_eq!(agenda.next(now + EVERY), Todo::Rest(None), "it is being worked on");
        agenda.renewed(one, now + EVERY);
        assert_eq!(agenda.next(now + EVERY), Todo::Rest(Some(now + EVERY * 2)));
    }

    #[test]
    fn a_lease_that_is_gone_is_replaced_at_once() {
        let (mut agenda, now) = agenda();
        let one = listed(&mut agenda, "old", now);
        assert_eq!(agenda.next(now + EVERY), Todo::Renew(one, "old"));
        agenda.gone(one, now + EVERY);
        assert_eq!(agenda.next(now + EVERY), Todo::Register(one));
        agenda.registered(one, "new", now + EVERY);
        assert_eq!(agenda.next(now + EVERY * 2), Todo::Renew(one, "new"));
    }

    #[test]
    fn what_fails_is_tried_again_later_and_later_but_never_later_than_a_renewal() {
        let (mut agenda, start) = agenda();
        let one = agenda.want(start);
        let (mut now, mut waits) = (start, Vec::new());
        for _ in 0..20 {
            assert_eq!(agenda.next(now), Todo::Register(one));
            agenda.failed(one, now);
            let Todo::Rest(Some(due)) = agenda.next(now) else { panic!("it is not its turn") };
            waits.push(due - now);
            now = due;
        }
        assert!(waits[0] <= backoff::FIRST && waits[5] > waits[0] * 4, "{waits:?}");
        assert!(waits.iter().all(|wait| *wait <= EVERY), "{waits:?}");
        // One success brings the others forward.
        let two = agenda.want(now);
        assert_eq!(agenda.next(now), Todo::Register(one));
        agenda.failed(one, now);
        assert_eq!(agenda.next(now), Todo::Register(two));
        agenda.failed(two, now);
        let soon = now + backoff::FIRST;
        assert_eq!(agenda.next(soon), Todo::Register(two));
        agenda.registered(two, "lease", soon);
        assert_eq!(agenda.next(soon), Todo::Register(one));
    }

    #[test]
    fn what_is_not_wanted_is_taken_back_wherever_it_stands() {
        let (mut agenda, now) = agenda();
        // Not registered yet.
        let early = agenda.want(now);
        agenda.unwant(early, now);
        assert!(agenda.is_empty());
        // Listed.
        let listed = listed(&mut agenda, "lease", now);
        agenda.unwant(listed, now);
        assert_eq!(agenda.next(now), Todo::Deregister(listed, "lease"));
        agenda.deregistered(listed);
        assert!(agenda.is_empty());
        // While it is being registered.
        let between = agenda.want(now);
        assert_eq!(agenda.next(now), Todo::Register(between));
        agenda.unwant(between, now);
        assert_eq!(agenda.next(now), Todo::Rest(None));
        agenda.registered(between, "just made", now);
        assert_eq!(agenda.next(now), Todo::Deregister(between, "just made"));
        agenda.gone(between, now);
        assert!(agenda.is_empty());
    }

    #[test]
    fn whoever_closes_tries_once_more() {
        let (mut agenda, now) = agenda();
        let (one, two) = (listed(&mut agenda, "one", now), listed(&mut agenda, "two", now));
        agenda.unwant(one, now);
        agenda.unwant(two, now);
        agenda.close();
        assert_eq!(agenda.next(now), Todo::Deregister(one, "one"));
        agenda.failed(one, now);
        assert_eq!(agenda.next(now), Todo::Deregister(two, "two"));
        agenda.failed(two, now);
        assert!(agenda.is_empty());
    }

    /// A bound on work, not on time: moving everybody at each success would take minutes.
    #[test]
    fn thousands_come_back_after_an_outage() {
        let (mut agenda, mut now) = agenda();
        for _ in 0..20_000 {
            agenda.want(now);
        }
        while let Todo::Register(ticket) = agenda.next(now) {
            agenda.failed(ticket, now);
        }
        now += EVERY;
        let mut registered = 0;
        while let Todo::Register(ticket) = agenda.next(now) {
            agenda.registered(ticket, "lease", now);
            registered += 1;
        }
        assert_eq!(registered, 20_000);
    }

    #[test]
    fn leases_that_need_no_renewal_are_looked_at_once_a_day() {
        let now = Instant::now();
        let mut agenda = Agenda::new(Duration::MAX, 1);
        let one = listed(&mut agenda, "for ever", now);
        assert_eq!(agenda.next(now + LONGEST_RENEWAL), Todo::Renew(one, "for ever"));
    }

    #[test]
    fn taking_back_is_given_up_after_some_attempts() {
        let (mut agenda, mut now) = agenda();
        let one = listed(&mut agenda, "lease", now);
        agenda.unwant(one, now);
        for _ in 0..DEREGISTER_ATTEMPTS {
            assert_eq!(agenda.next(now), Todo::Deregister(one, "lease"));
            agenda.failed(one, now);
            now += EVERY;
        }
        assert!(agenda.is_empty() && agenda.next(now) == Todo::Rest(None));
        // Whatever comes late about it changes nothing.
        agenda.registered(one, "late", now);
        agenda.failed(one, now);
        agenda.gone(one, now);
        assert!(agenda.is_empty());
    }
}
