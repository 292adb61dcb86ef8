//! 05-01 A lease table.
//!
//! Who provides what, and until when. A provider that lives says so again and again; one that does not say so any
//! more is taken from the list when its time is up, and nobody has to find out why.
//!
//! ```text
//!   register ──▶ listed ── renew ──▶ listed for another ttl, from now on
//!                  │  │
//!       deregister │  │ the deadline comes, and nobody has renewed
//!                  ▼  ▼
//!                 gone   (a renewal that comes now is told so)
//! ```
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use ch05_registry::Endpoint;

/// The longest lease: 60 s. A provider that has died is listed for so long.
pub const MAX_TTL: Duration = Duration::from_secs(60);

/// Names a lease. Each one is given once, and a later one is larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeaseId(u64);

/// The lease is over, or has never been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such lease any more: {0:?}")]
pub struct UnknownLease(pub LeaseId);

/// A lease that has ended by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expired {
    /// The lease.
    pub lease: LeaseId,
    /// What was provided.
    pub service: ServiceKey,
    /// Where.
    pub endpoint: Endpoint,
}

/// All leases. The caller says what time it is; the table has no clock.
#[derive(Debug, Default)]
pub struct LeaseTable {
    /// The id that was given last.
    last: u64,
    leases: BTreeMap<LeaseId, Lease>,
    /// The same leases, by deadline: the one that ends first is the first.
    deadlines: BTreeSet<(Instant, LeaseId)>,
}

#[derive(Debug)]
struct Lease {
    service: ServiceKey,
    endpoint: Endpoint,
    ttl: Duration,
    deadline: Instant,
}

impl LeaseTable {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lists `endpoint` as a provider of `service`, for `ttl` from `now` on.
    pub fn register(
        &mut self,
        now: Instant,
        service: ServiceKey,
        endpoint: Endpoint,
        ttl: Duration,
    ) -> LeaseId {
        // YOUR CODE register: a new id, a bounded ttl, and both collections know the lease.
        todo!("05-01 register")
        // END YOUR CODE
    }

    /// Its provider lives: the lease lasts for its whole ttl again, from `now` on.
    ///
    /// # Errors
    /// [`UnknownLease`]: it has to register again.
    pub fn renew(&mut self, now: Instant, id: LeaseId) -> Result<(), UnknownLease> {
        // YOUR CODE renew: only a lease that is not over; its old deadline must not stay behind.
        todo!("05-01 renew")
        // END YOUR CODE
    }

    /// Takes the lease out, now. Whether it was in the table.
    pub fn deregister(&mut self, id: LeaseId) -> bool {
        // YOUR CODE deregister: nothing of it stays.
        todo!("05-01 deregister")
        // END YOUR CODE
    }

    /// Takes all leases out that are over, and says which, in the order of their deadlines.
    pub fn expire(&mut self, now: Instant) -> Vec<Expired> {
        // YOUR CODE expire: as long as the first deadline has come.
        todo!("05-01 expire")
        // END YOUR CODE
    }

    /// When `expire` has to be asked next, if nothing happens until then. `None` when the table is empty.
    pub fn next_deadline(&self) -> Option<Instant> {
        // YOUR CODE next_deadline: of all leases, the one that ends first.
        todo!("05-01 next_deadline")
        // END YOUR CODE
    }

    /// Who provides `service` at `now`, in the order in which they came.
    pub fn list(&self, now: Instant, service: &ServiceKey) -> Vec<(LeaseId, Endpoint)> {
        // YOUR CODE list: the leases of this service that are not over.
        todo!("05-01 list")
        // END YOUR CODE
    }
}
