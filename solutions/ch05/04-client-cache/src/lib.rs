//! 05-04 A cache that outlives the registry.
//!
//! The last list of a service, at a caller. It is what calls are made with when the registry is away; and when the
//! registry comes back without its memory, it knows better than the registry does, for a while.
//!
//! ```text
//!   registry        A B C │ killed   started again: A │ A C │ settled
//!   its list        A B C │ ─        A                │ A C │ A C
//!   this cache      A B C │ A B C    A B C            │ A B C │ A C
//! ```
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ch05_registry::listing::{Entry, Listing, Provider, newest};

/// The longest that a registry may ask callers to keep what it does not list: 60 s, the longest lease.
pub const MAX_SETTLE: Duration = Duration::from_secs(60);
/// For how long callers keep whom another registry does not list, and says nothing about: 10 s, the usual lease. Whoever
/// lives has registered there by then.
pub const STRANGER: Duration = Duration::from_secs(10);

/// What a caller remembers of one service. The caller says what time it is; the cache has no clock.
#[derive(Debug, Default)]
pub struct Cache {
    /// Who may be called, by address.
    shown: BTreeMap<SocketAddr, Shown>,
    /// When those who are only remembered are taken away.
    settles: Option<Instant>,
    /// The registry was lost before that.
    unsettled: bool,
    /// Of the last list. `None`: no list has come yet.
    incarnation: Option<u64>,
}

#[derive(Debug)]
struct Shown {
    /// Of the registration that is shown.
    id: Arc<str>,
    provider: Provider,
    /// A registry that has lost its memory does not list it, and may only have forgotten it.
    remembered: bool,
}

impl Cache {
    /// Takes the registry's whole list. Whether callers see something new.
    pub fn listing(&mut self, listing: &Listing, now: Instant) -> bool {
        // YOUR CODE listing: show who is listed; keep who may only have been forgotten, until it is known.
        let last = self.incarnation.replace(listing.incarnation);
        let unsettled = std::mem::take(&mut self.unsettled);
        let forgot = unsettled || last.is_some_and(|last| last != listing.incarnation);
        let mut changed = last.is_none();
        let mut gone = std::mem::take(&mut self.shown);
        for (address, entry) in newest(&listing.entries) {
            let old = gone.remove(&address).filter(|old| old.id == entry.id);
            changed |= old.as_ref().is_none_or(|old| old.provider.endpoint != entry.endpoint);
            let since = old.map_or_else(|| birth(entry, now), |old| old.provider.since);
            let provider = Provider { endpoint: Arc::clone(&entry.endpoint), since };
            self.shown.insert(address, Shown { id: Arc::clone(&entry.id), provider, remembered: false });
        }
        if forgot {
            let settles_in = if listing.settles_in.is_zero() { STRANGER } else { listing.settles_in };
            self.settles = Some(now + settles_in.min(MAX_SETTLE));
        }
        for (address, old) in gone {
            if old.remembered || forgot {
                self.shown.insert(address, Shown { remembered: true, ..old });
            } else {
                changed = true;
            }
        }
        changed
        // END YOUR CODE
    }

    /// The registry is away. Nobody is taken away while it cannot say who is there.
    pub fn lost(&mut self) {
        // YOUR CODE lost: no moment to settle any more; if there was one, the next list has to say it again.
        self.unsettled |= self.settles.take().is_some();
        // END YOUR CODE
    }

    /// When to ask [`settle`](Self::settle).
    pub fn due(&self) -> Option<Instant> {
        self.settles
    }

    /// Takes away who is only remembered, if it is time. Whether callers see something new.
    pub fn settle(&mut self, now: Instant) -> bool {
        // YOUR CODE settle: at its moment, and once.
        if self.settles.is_none_or(|settles| now < settles) {
            return false;
        }
        self.settles = None;
        let before = self.shown.len();
        self.shown.retain(|_, shown| !shown.remembered);
        self.shown.len() < before
        // END YOUR CODE
    }

    /// Everybody who may be called, by address.
    pub fn providers(&self) -> Vec<Provider> {
        self.shown.values().map(|shown| shown.provider.clone()).collect()
    }
}

/// Since when it has been registered, on our own clock. Of unknown age is new.
fn birth(entry: &Entry, now: Instant) -> Instant {
    // YOUR CODE birth: its age before now; an age that no clock can hold is none.
    entry.age.and_then(|age| now.checked_sub(age)).unwrap_or(now)
    // END YOUR CODE
}
