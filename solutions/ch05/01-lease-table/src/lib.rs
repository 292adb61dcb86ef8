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
        self.last += 1;
        let id = LeaseId(self.last);
        let ttl = ttl.min(MAX_TTL);
        let deadline = now + ttl;
        self.leases.insert(id, Lease { service, endpoint, ttl, deadline });
        self.deadlines.insert((deadline, id));
        id
        // END YOUR CODE
    }

    /// Its provider lives: the lease lasts for its whole ttl again, from `now` on.
    ///
    /// # Errors
    /// [`UnknownLease`]: it has to register again.
    pub fn renew(&mut self, now: Instant, id: LeaseId) -> Result<(), UnknownLease> {
        // YOUR CODE renew: only a lease that is not over; its old deadline must not stay behind.
        match self.leases.get_mut(&id) {
            Some(lease) if now < lease.deadline => {
                self.deadlines.remove(&(lease.deadline, id));
                lease.deadline = now + lease.ttl;
                self.deadlines.insert((lease.deadline, id));
                Ok(())
            }
            _ => Err(UnknownLease(id)),
        }
        // END YOUR CODE
    }

    /// Takes the lease out, now. Whether it was in the table.
    pub fn deregister(&mut self, id: LeaseId) -> bool {
        // YOUR CODE deregister: nothing of it stays.
        match self.leases.remove(&id) {
            Some(lease) => self.deadlines.remove(&(lease.deadline, id)),
            None => false,
        }
        // END YOUR CODE
    }

    /// Takes all leases out that are over, and says which, in the order of their deadlines.
    pub fn expire(&mut self, now: Instant) -> Vec<Expired> {
        // YOUR CODE expire: as long as the first deadline has come.
        let mut over = Vec::new();
        while let Some(&(deadline, id)) = self.deadlines.first()
            && deadline <= now
        {
            self.deadlines.pop_first();
            if let Some(Lease { service, endpoint, .. }) = self.leases.remove(&id) {
                over.push(Expired { lease: id, service, endpoint });
            }
        }
        over
        // END YOUR CODE
    }

    /// When `expire` has to be asked next, if nothing happens until then. `None` when the table is empty.
    pub fn next_deadline(&self) -> Option<Instant> {
        // YOUR CODE next_deadline: of all leases, the one that ends first.
        self.deadlines.first().map(|(deadline, _)| *deadline)
        // END YOUR CODE
    }

    /// Who provides `service` at `now`, in the order in which they came.
    pub fn list(&self, now: Instant, service: &ServiceKey) -> Vec<(LeaseId, Endpoint)> {
        // YOUR CODE list: the leases of this service that are not over.
        let alive = self.leases.iter().filter(|(_, lease)| lease.service == *service && now < lease.deadline);
        alive.map(|(id, lease)| (*id, lease.endpoint.clone())).collect()
        // END YOUR CODE
    }
}
