//! What a registry says about one service at one moment.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::endpoint::Endpoint;

/// One registration, as its registry lists it.
///
/// Two of them may name one address: a provider that was killed and came back before its old lease ended, or
/// one that registered twice. Both are true, and each ends on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What tells this registration from every other, as long as the registry lives: its key, or its node.
    pub id: Arc<str>,
    /// Who came later has the larger number. Given by the registry, so that it needs nobody's clock.
    pub order: u64,
    /// Where to call.
    pub endpoint: Arc<Endpoint>,
    /// For how long it has been registered, if the registry knows. [G-16]
    pub age: Option<Duration>,
}

// ANCHOR: listing
/// All registrations of one service.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// In any order.
    pub entries: Vec<Entry>,
    /// Another one when its list may lack providers that live: the registry has lost its memory, or, in
    /// ZooKeeper, everybody's sessions may have expired, as this caller's own has. Else always 0.
    pub incarnation: u64,
    /// A registry that has lost its memory knows, until then, that its list may lack providers that are alive:
    /// they have not come back yet. Zero for one that remembers.
    pub settles_in: Duration,
}
// ANCHOR_END: listing

/// A provider that callers may choose.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Where to call.
    pub endpoint: Arc<Endpoint>,
    /// Since when it has been registered, on this program's clock, so that nobody's clock is compared with
    /// another's. [G-16]
    pub since: Instant,
}

impl Provider {
    /// For how long it has been there.
    pub fn uptime(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.since)
    }
}

/// The same provider: whose endpoint is the same. When we have heard of it makes no difference.
impl PartialEq for Provider {
    fn eq(&self, other: &Self) -> bool {
        self.endpoint == other.endpoint
    }
}

impl Eq for Provider {}

/// One entry for each address: the one that was registered last.
///
/// So a provider that comes back before its old lease has ended is listed once, and as it is now; and the end
/// of the old lease takes nothing away.
// ANCHOR: newest
pub fn newest(entries: &[Entry]) -> BTreeMap<SocketAddr, &Entry> {
    let mut by_address = BTreeMap::new();
    for entry in entries {
        let newest = by_address.entry(entry.endpoint.address()).or_insert(entry);
        if (entry.order, &entry.id) > (newest.order, &newest.id) {
            *newest = entry;
        }
    }
    by_address
}
// ANCHOR_END: newest

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An entry on `port`, with a label that tells it apart.
    pub(crate) fn entry(id: &str, order: u64, port: u16) -> Entry {
        let endpoint = Endpoint::new(([127, 0, 0, 1], port).into()).with("id", id).unwrap();
        Entry { id: id.into(), order, endpoint: Arc::new(endpoint), age: Some(Duration::ZERO) }
    }

    #[test]
    fn the_newest_registration_of_an_address_stands_for_it() {
        let (old, new, other) = (entry("z", 3, 1), entry("a", 4, 1), entry("b", 1, 2));
        for entries in [[old.clone(), new.clone(), other.clone()], [new, other, old]] {
            let shown: Vec<_> = newest(&entries).into_values().map(|entry| &*entry.id).collect();
            assert_eq!(shown, ["a", "b"]);
        }
    }
}
