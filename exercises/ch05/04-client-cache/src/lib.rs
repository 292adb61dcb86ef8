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
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
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
        todo!("05-04 listing")
        // END YOUR CODE
    }

    /// The registry is away. Nobody is taken away while it cannot say who is there.
    pub fn lost(&mut self) {
        // YOUR CODE lost: no moment to settle any more; if there was one, the next list has to say it again.
        todo!("05-04 lost")
        // END YOUR CODE
    }

    /// When to ask [`settle`](Self::settle).
    pub fn due(&self) -> Option<Instant> {
        self.settles
    }

    /// Takes away who is only remembered, if it is time. Whether callers see something new.
    pub fn settle(&mut self, now: Instant) -> bool {
        // YOUR CODE settle: at its moment, and once.
        todo!("05-04 settle")
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
    todo!("05-04 birth")
    // END YOUR CODE
}
