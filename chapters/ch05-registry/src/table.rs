//! Who provides what, and until when: the memory of the embedded registry. Bytes and clocks are elsewhere.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use serde::{Deserialize, Serialize};

use crate::backend::Offer;
use crate::changes::Changes;
use crate::endpoint::Endpoint;

/// How much a table takes from strangers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableLimits {
    /// Registrations: 100,000. With two labels, each costs about 2 KB.
    pub max_registrations: usize,
    /// What the list of one service may take, as it travels: 4 MiB, half of the largest frame. That is some
    /// 30,000 providers with two labels, in a binary codec. A list that fits into no frame could be discovered by nobody.
    pub max_service_bytes: usize,
    /// Services that are known, or were not long ago: 10,000.
    pub max_services: usize,
    /// The shortest lease: 100 ms. A provider that does not run for so long is no news on a busy machine.
    pub min_ttl: Duration,
    /// The longest lease: 60 s, ZooKeeper's usual session. A dead provider is listed for so long. [R-05]
    pub max_ttl: Duration,
}

impl Default for TableLimits {
    fn default() -> Self {
        Self {
            max_registrations: 100_000,
            max_service_bytes: 4 * 1024 * 1024,
            max_services: 10_000,
            min_ttl: Duration::from_millis(100),
            max_ttl: Duration::from_secs(60),
        }
    }
}

/// Leases with an end, and lists with a version. [R-01] [R-02] [R-05]
///
/// ```text
///   register(now, offer, ttl)          ┌ OrderService   revision 7   a → 127.0.0.1:7051   until +10 s
///   renew(now, id)                ──▶  │                             b → 127.0.0.1:7052   until +12 s
///   deregister(id)                     └ UserService    revision 5   c → …
///   expire(now) ─▶ who is over              every change takes the next number: 8
///   since(service, seen) ─▶ what is new, as changes if the log reaches back so far, else the whole list
/// ```
///
/// A lease is over at its deadline, whether somebody has called [`expire`](Self::expire) or not. Driven by
/// `now`; no clock, no thread, no socket.
#[derive(Debug)]
pub struct Table {
    limits: TableLimits,
    incarnation: u64,
    settles: Instant,
    /// Of the last change, over all services.
    revision: u64,
    services: BTreeMap<ServiceKey, Service>,
    /// Which service a registration belongs to.
    owners: HashMap<Arc<str>, ServiceKey>,
    deadlines: BTreeSet<(Instant, Arc<str>)>,
    /// No service that was forgotten has changed after this revision.
    forgotten: u64,
}

#[derive(Debug, Default)]
struct Service {
    rows: BTreeMap<Arc<str>, Row>,
    /// What its rows take as they travel.
    bytes: usize,
    changes: Changes,
}

#[derive(Debug, Clone)]
struct Row {
    endpoint: Arc<Endpoint>,
    order: u64,
    registered: Instant,
    ttl: Duration,
    deadline: Instant,
}

/// A registration, as it travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The registration's id.
    pub id: String,
    /// The revision with which it came. Who came later has the larger number.
    pub order: u64,
    /// Where to call.
    pub endpoint: Endpoint,
    /// For how many milliseconds it has been registered. [G-16]
    pub age_ms: u64,
}

/// How much of a service somebody has seen: what the last [`Update`] said. The default: nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seen {
    /// Of which life of the registry.
    pub incarnation: u64,
    /// Up to which change.
    pub revision: u64,
}

/// What is new in a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// What has been seen after this.
    pub seen: Seen,
    /// Whether `put` is the whole list. Otherwise it is what was added to the list that was seen.
    pub whole: bool,
    /// Who is there.
    pub put: Vec<Listed>,
    /// Which registrations have gone.
    pub gone: Vec<String>,
    /// For how many more milliseconds somebody may be missing who has not come back yet.
    pub settles_in_ms: u64,
}

/// A lease that has ended by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expired {
    /// The registration.
    pub id: Arc<str>,
    /// What it provided.
    pub service: ServiceKey,
}

/// Why a registration is refused. It travels to who asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// The table is full.
    #[error("the registry holds {limit} {what}, its limit")]
    Full {
        /// Registrations, or services.
        what: String,
        /// How many.
        limit: u64,
    },
    /// A lease that is too short or too long.
    #[error("a lease of {ttl_ms} ms: at least {min_ms}, at most {max_ms} are possible")]
    Ttl {
        /// What was asked for.
        ttl_ms: u64,
        /// The shortest.
        min_ms: u64,
        /// The longest.
        max_ms: u64,
    },
    /// A name or an id that cannot be.
    #[error("{why}")]
    Bad {
        /// Why not.
        why: String,
    },
    /// The registry is about to stop.
    #[error("the registry stops")]
    Closed,
}

/// How long the id of a registration may be: 64 bytes; ours have 16.
pub const MAX_ID: usize = 64;

impl Table {
    /// An empty table. `incarnation`, not 0, tells it from the one that this registry had before it was started again;
    /// until `settle` has passed, providers that have not come back yet may be missing.
    pub fn new(incarnation: u64, now: Instant, settle: Duration, limits: TableLimits) -> Self {
        Self {
            limits,
            incarnation,
            settles: now + settle,
            revision: 0,
            services: BTreeMap::new(),
            owners: HashMap::new(),
            deadlines: BTreeSet::new(),
            forgotten: 0,
        }
    }

    /// Lists `offer` until `now + ttl`. The same offer once more only renews: an attempt whose answer was lost
    /// is made again, and must not look like a new provider.
    ///
    /// # Errors
    /// [`Refusal`].
    // ANCHOR: register
    pub fn register(&mut self, now: Instant, offer: &Offer, ttl: Duration) -> Result<(), Refusal> {
        self.check(offer, ttl)?;
        self.expire(now);
        if let Some(owner) = self.owners.get(offer.id.as_str()) {
            let same_service = *owner == offer.service;
            let row = self.row_mut(&offer.id).expect("who has an owner has a row");
            if !same_service || *row.endpoint != offer.endpoint {
                // Every caller sees the ids of a list: one must not be enough to take it over.
                return Err(Refusal::Bad { why: "this id is another registration's".into() });
            }
            row.ttl = ttl;
            self.renew(now, &offer.id);
            return Ok(());
        }
        self.make_room(offer)?;
        let id: Arc<str> = offer.id.as_str().into();
        let endpoint = Arc::new(offer.endpoint.clone());
        let deadline = now + ttl;
        let order = self.change(&offer.service, &id);
        let row = Row { endpoint, order, registered: now, ttl, deadline };
        let service = self.services.entry(offer.service.clone()).or_default();
        service.bytes += row.bytes();
        service.rows.insert(Arc::clone(&id), row);
        self.owners.insert(Arc::clone(&id), offer.service.clone());
        self.deadlines.insert((deadline, id));
        Ok(())
    }
    // ANCHOR_END: register

    /// Gives the lease `id` its full time again, from `now`. `false`: there is no such lease any more, so it
    /// has to be registered again.
    // ANCHOR: renew
    pub fn renew(&mut self, now: Instant, id: &str) -> bool {
        self.expire(now);
        let Some(row) = self.row_mut(id) else { return false };
        let old = std::mem::replace(&mut row.deadline, now + row.ttl);
        let new = row.deadline;
        let id: Arc<str> = id.into();
        self.deadlines.remove(&(old, Arc::clone(&id)));
        self.deadlines.insert((new, id));
        true
    }
    // ANCHOR_END: renew

    /// Takes the registration `id` from the list. `false`: it was not in it.
    pub fn deregister(&mut self, now: Instant, id: &str) -> bool {
        self.expire(now);
        self.remove(id).is_some()
    }

    /// Takes everybody from the list whose lease is over at `now`, in the order of their deadlines.
    // ANCHOR: expire
    pub fn expire(&mut self, now: Instant) -> Vec<Expired> {
        let mut expired = Vec::new();
        while let Some((deadline, id)) = self.deadlines.first()
            && *deadline <= now
        {
            let id = Arc::clone(id);
            let service = self.remove(&id).expect("who has a deadline is in the table");
            expired.push(Expired { id, service });
        }
        expired
    }
    // ANCHOR_END: expire

    // ANCHOR: slept
    /// This program, or its machine, has slept: nothing was read, and whose lease would be over has perhaps said
    /// in time that it lives. Every lease begins anew. It was our silence, not theirs.
    pub fn slept(&mut self, now: Instant) {
        self.deadlines.clear();
        for (id, row) in self.services.values_mut().flat_map(|service| &mut service.rows) {
            row.deadline = now + row.ttl;
            self.deadlines.insert((row.deadline, Arc::clone(id)));
        }
    }
    // ANCHOR_END: slept

    /// When the next lease ends, if nobody renews it.
    pub fn next_deadline(&self) -> Option<Instant> {
        self.deadlines.first().map(|(deadline, _)| *deadline)
    }

    /// What is new in `service` for who has `seen` so much; `None` when nothing is. [R-06]
    // ANCHOR: since
    pub fn since(&self, now: Instant, service: &ServiceKey, seen: Seen) -> Option<Update> {
        let known = self.services.get(service);
        let revision = known.map_or(self.forgotten, |service| service.changes.last());
        let same_life = seen.incarnation == self.incarnation;
        if same_life && seen.revision >= revision {
            return None;
        }
        let changes = known.and_then(|service| service.changes.after(seen.revision));
        let rows = known.map(|service| &service.rows);
        let listed = |id: &Arc<str>| rows.and_then(|rows| rows.get(id)).map(|row| row.listed(id, now));
        let (whole, put, gone) = match changes.filter(|_| same_life) {
            // Put and gone again: gone. So only who is there now is put.
            Some(ids) => {
                let gone = ids.iter().filter(|id| listed(id).is_none()).map(|id| id.to_string());
                (false, ids.iter().filter_map(listed).collect(), gone.collect())
            }
            None => (true, rows.into_iter().flatten().map(|(id, row)| row.listed(id, now)).collect(), vec![]),
        };
        let seen = Seen { incarnation: self.incarnation, revision: self.revision };
        Some(Update {
            seen,
            whole,
            put,
            gone,
            settles_in_ms: millis(self.settles.saturating_duration_since(now)),
        })
    }
    // ANCHOR_END: since

    /// All services that anybody provides, with how many registrations they have.
    pub fn services(&self) -> impl Iterator<Item = (&ServiceKey, usize)> {
        self.services.iter().map(|(key, service)| (key, service.rows.len())).filter(|(_, rows)| *rows > 0)
    }

    /// Every registration, with its TTL: what a snapshot on disk holds.
    pub fn rows(&self, now: Instant) -> impl Iterator<Item = (&ServiceKey, Listed, Duration)> {
        self.services.iter().flat_map(move |(key, service)| {
            service.rows.iter().map(move |(id, row)| (key, row.listed(id, now), row.ttl))
        })
    }

    /// Which service the registration `id` belongs to.
    pub fn owner(&self, id: &str) -> Option<&ServiceKey> {
        self.owners.get(id)
    }

    /// How many registrations there are.
    pub fn len(&self) -> usize {
        self.owners.len()
    }

    /// Whether nobody is registered.
    pub fn is_empty(&self) -> bool {
        self.owners.is_empty()
    }

    /// Makes a registration as old as it was when it was written to disk. How long the registry was away is not
    /// known, so it may look younger than it is, never older.
    pub(crate) fn set_age(&mut self, id: &str, now: Instant, age: Duration) {
        if let Some(row) = self.row_mut(id) {
            row.registered = now.checked_sub(age).unwrap_or(now);
        }
    }

    fn check(&self, offer: &Offer, ttl: Duration) -> Result<(), Refusal> {
        let TableLimits { min_ttl, max_ttl, .. } = self.limits;
        if ttl < min_ttl || ttl > max_ttl {
            let [ttl_ms, min_ms, max_ms] = [ttl, min_ttl, max_ttl].map(millis);
            return Err(Refusal::Ttl { ttl_ms, min_ms, max_ms });
        }
        if offer.id.is_empty() || offer.id.len() > MAX_ID {
            return Err(Refusal::Bad { why: format!("the id of a registration has 1 to {MAX_ID} bytes") });
        }
        Ok(())
    }

    /// Room for one more registration. A service that nobody provides any more is forgotten first.
    fn make_room(&mut self, offer: &Offer) -> Result<(), Refusal> {
        let full = |what: &str, limit: usize| Err(Refusal::Full { what: what.into(), limit: limit as u64 });
        let limits = &self.limits;
        if self.owners.len() >= limits.max_registrations {
            return full("registrations", limits.max_registrations);
        }
        if let Some(service) = self.services.get(&offer.service) {
            return match service.bytes + bytes(&offer.endpoint) <= limits.max_service_bytes {
                true => Ok(()),
                false => full("bytes for one service", limits.max_service_bytes),
            };
        }
        if self.services.len() < limits.max_services {
            return Ok(());
        }
        self.services.retain(|_, service| !service.rows.is_empty());
        // Whoever follows one of them asks from here on for the whole (empty) list.
        self.forgotten = self.revision;
        match self.services.len() < self.limits.max_services {
            true => Ok(()),
            false => full("services", self.limits.max_services),
        }
    }

    /// Writes down a change, and gives it the next number.
    fn change(&mut self, service: &ServiceKey, id: &Arc<str>) -> u64 {
        self.revision += 1;
        // What a service that is new here has been through before, nobody knows: its log begins now.
        let begins = self.forgotten;
        let service = self.services.entry(service.clone());
        let service =
            service.or_insert_with(|| Service { changes: Changes::from(begins), ..Service::default() });
        service.changes.push(self.revision, Arc::clone(id));
        self.revision
    }

    fn remove(&mut self, id: &str) -> Option<ServiceKey> {
        let (id, service) = self.owners.remove_entry(id)?;
        let list = self.services.get_mut(&service)?;
        let row = list.rows.remove(&id)?;
        list.bytes -= row.bytes();
        self.deadlines.remove(&(row.deadline, Arc::clone(&id)));
        self.change(&service, &id);
        Some(service)
    }

    fn row_mut(&mut self, id: &str) -> Option<&mut Row> {
        let service = self.owners.get(id)?;
        self.services.get_mut(service)?.rows.get_mut(id)
    }
}

/// What an entry takes as it travels, and a little more: its labels, and 100 bytes for the rest.
fn bytes(endpoint: &Endpoint) -> usize {
    100 + endpoint.labels().map(|(name, value)| name.len() + value.len() + 4).sum::<usize>()
}

impl Row {
    fn bytes(&self) -> usize {
        bytes(&self.endpoint)
    }

    fn listed(&self, id: &Arc<str>, now: Instant) -> Listed {
        let age_ms = millis(now.saturating_duration_since(self.registered));
        Listed { id: id.to_string(), order: self.order, endpoint: (*self.endpoint).clone(), age_ms }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changes::MAX_CHANGES;

    const TTL: Duration = Duration::from_secs(10);
    const SECOND: Duration = Duration::from_secs(1);

    fn key(text: &str) -> ServiceKey {
        ServiceKey::parse(text).unwrap()
    }

    fn offer(service: &str, id: &str, port: u16) -> Offer {
        let endpoint = Endpoint::new(([127, 0, 0, 1], port).into());
        Offer { service: key(service), endpoint, id: id.into() }
    }

    fn table() -> (Table, Instant) {
        let now = Instant::now();
        (Table::new(7, now, Duration::ZERO, TableLimits::default()), now)
    }

    fn ids(update: &Update) -> (Vec<&str>, Vec<&str>) {
        (update.put.iter().map(|it| &*it.id).collect(), update.gone.iter().map(|it| &**it).collect())
    }

    #[test]
    fn a_lease_ends_at_its_deadline_unless_it_is_renewed() {
        let (mut table, now) = table();
        table.register(now, &offer("S", "a", 1), TTL).unwrap();
        table.register(now + SECOND, &offer("S", "b", 2), TTL).unwrap();
        assert!(table.renew(now + SECOND * 5, "a"));
        assert_eq!(table.next_deadline(), Some(now + SECOND * 11));
        assert_eq!(table.expire(now + SECOND * 11 - Duration::from_nanos(1)), []);
        let b = Expired { id: "b".into(), service: key("S") };
        assert_eq!(table.expire(now + SECOND * 11), [b]);
        // A renewal counts from when it came, and one that comes too late is no renewal, whoever looked before.
        assert!(!table.renew(now + SECOND * 15, "a"), "over at 15");
        assert!(table.is_empty() && table.next_deadline().is_none());
        assert!(!table.renew(now, "never there"));
    }

    #[test]
    fn two_registrations_of_one_address_end_on_their_own() {
        let (mut table, now) = table();
        table.register(now, &offer("S", "before the restart", 1), TTL).unwrap();
        table.register(now + SECOND, &offer("S", "after it", 1), TTL).unwrap();
        let update = table.since(now + SECOND, &key("S"), Seen::default()).unwrap();
        assert_eq!(update.put.len(), 2);
        assert!(update.put.iter().find(|it| it.id == "after it").unwrap().order > 1);
        assert_eq!(table.expire(now + TTL).len(), 1);
        assert_eq!(table.len(), 1);
    }

    #[test]
    fn what_is_new_comes_as_changes() {
        let (mut table, now) = table();
        let service = key("S");
        assert_eq!(
            table.since(now, &service, Seen { incarnation: 7, revision: 0 }),
            None,
            "nothing has happened"
        );
        table.register(now, &offer("S", "a", 1), TTL).unwrap();
        let first = table.since(now, &service, Seen::default()).unwrap();
        assert!(first.whole);
        assert_eq!(ids(&first), (vec!["a"], vec![]));
        assert_eq!(table.since(now, &service, first.seen), None);
        table.register(now, &offer("Other", "x", 9), TTL).unwrap();
        assert_eq!(table.since(now, &service, first.seen), None, "another service");
        table.register(now, &offer("S", "b", 2), TTL).unwrap();
        table.register(now, &offer("S", "c", 3), TTL).unwrap();
        table.deregister(now, "c");
        table.deregister(now, "a");
        let second = table.since(now, &service, first.seen).unwrap();
        assert!(!second.whole);
        assert_eq!(ids(&second), (vec!["b"], vec!["c", "a"]));
    }

    #[test]
    fn who_has_seen_too_little_or_another_life_gets_the_whole_list() {
        let (mut table, now) = table();
        let service = key("S");
        table.register(now, &offer("S", "stays", 1), TTL).unwrap();
        let seen = table.since(now, &service, Seen::default()).unwrap().seen;
        for _ in 0..MAX_CHANGES / 2 + 1 {
            table.register(now, &offer("S", "comes and goes", 2), TTL).unwrap();
            table.deregister(now, "comes and goes");
        }
        let update = table.since(now, &service, seen).unwrap();
        assert!(update.whole);
        assert_eq!(ids(&update), (vec!["stays"], vec![]));
        let other = Seen { incarnation: 6, ..update.seen };
        assert!(table.since(now, &service, other).unwrap().whole);
        let ahead = Seen { revision: u64::MAX, incarnation: 7 };
        assert_eq!(table.since(now, &service, ahead), None, "cannot be, and does no harm");
    }

    /// Nobody has ever provided it: that is an answer, once. [R-10]
    #[test]
    fn a_service_that_nobody_provides_has_an_empty_list() {
        let (mut table, now) = table();
        let update = table.since(now, &key("S"), Seen::default()).unwrap();
        assert!(update.whole && update.put.is_empty());
        assert_eq!(table.since(now, &key("S"), update.seen), None);
        table.register(now, &offer("S", "the first", 1), TTL).unwrap();
        assert_eq!(ids(&table.since(now, &key("S"), update.seen).unwrap()), (vec!["the first"], vec![]));
    }

    #[test]
    fn the_same_offer_again_only_renews_and_an_id_cannot_be_taken_over() {
        let (mut table, now) = table();
        table.register(now, &offer("S", "a", 1), TTL).unwrap();
        let seen = table.since(now, &key("S"), Seen::default()).unwrap().seen;
        table.register(now + SECOND, &offer("S", "a", 1), TTL * 2).unwrap();
        assert_eq!(table.since(now, &key("S"), seen), None);
        assert_eq!(table.next_deadline(), Some(now + SECOND + TTL * 2));
        for stranger in [offer("S", "a", 2), offer("T", "a", 1)] {
            assert!(matches!(table.register(now, &stranger, TTL), Err(Refusal::Bad { .. })));
        }
        assert_eq!(table.services().collect::<Vec<_>>(), [(&key("S"), 1)]);
        let age = table.since(now + SECOND * 3, &key("S"), Seen::default()).unwrap().put[0].age_ms;
        assert_eq!(age, 3000, "a renewal makes nobody younger");
    }

    /// A virtual machine was moved, a laptop was closed: renewals lie unread in the sockets.
    #[test]
    fn who_has_slept_ends_no_lease() {
        let (mut table, now) = table();
        table.register(now, &offer("S", "a", 1), TTL).unwrap();
        table.register(now, &offer("T", "b", 1), TTL * 2).unwrap();
        let awake = now + TTL * 10;
        table.slept(awake);
        assert_eq!((table.expire(awake), table.next_deadline()), (vec![], Some(awake + TTL)));
        assert!(table.renew(awake + SECOND, "a"));
        assert_eq!(table.expire(awake + TTL * 2).len(), 2);
    }

    #[test]
    fn a_list_that_fits_into_no_frame_is_never_made() {
        let (mut table, now) = table();
        let mut listed = 0;
        let refusal = loop {
            let mut offer = offer("S", &listed.to_string(), 1);
            offer.endpoint = offer.endpoint.with("big", &"x".repeat(2000)).unwrap();
            match table.register(now, &offer, TTL) {
                Ok(()) => listed += 1,
                Err(refusal) => break refusal,
            }
        };
        assert_eq!(refusal.to_string(), "the registry holds 4194304 bytes for one service, its limit");
        assert!(listed > 1900, "{listed}");
        table.deregister(now, "0");
        table.register(now, &offer("S", "small", 1), TTL).expect("there is room again");
    }

    #[test]
    fn everything_is_bounded() {
        let now = Instant::now();
        let limits = TableLimits { max_registrations: 3, max_services: 2, ..TableLimits::default() };
        let mut table = Table::new(1, now, SECOND, limits);
        for ttl in [Duration::ZERO, Duration::from_secs(61), Duration::MAX] {
            assert!(matches!(table.register(now, &offer("S", "a", 1), ttl), Err(Refusal::Ttl { .. })));
        }
        for id in ["", &"x".repeat(65)] {
            assert!(matches!(table.register(now, &offer("S", id, 1), TTL), Err(Refusal::Bad { .. })));
        }
        table.register(now, &offer("S", "a", 1), TTL).unwrap();
        table.register(now, &offer("T", "b", 1), TTL).unwrap();
        let error = table.register(now, &offer("U", "c", 1), TTL).unwrap_err();
        assert_eq!(error.to_string(), "the registry holds 2 services, its limit");
        // One that nobody provides makes room, and who followed it hears so.
        let seen = table.since(now, &key("T"), Seen::default()).unwrap().seen;
        assert_eq!(table.since(now, &key("T"), seen), None);
        table.deregister(now, "b");
        table.register(now, &offer("U", "c", 1), TTL).unwrap();
        let update = table.since(now, &key("T"), seen).unwrap();
        assert!(update.whole && update.put.is_empty() && update.settles_in_ms == 1000);
        assert_eq!(table.since(now, &key("T"), update.seen), None);
        table.register(now, &offer("U", "d", 1), TTL).unwrap();
        let error = table.register(now, &offer("U", "e", 1), TTL).unwrap_err();
        assert_eq!(error.to_string(), "the registry holds 3 registrations, its limit");
        table.register(now, &offer("U", "d", 1), TTL).expect("a renewal needs no room");
    }

    /// Whatever happens, who applies the updates has the list that the table has. [R-06]
    #[test]
    fn updates_add_up_to_the_list() {
        let (mut table, start) = table();
        let mut random = fastrand::Rng::with_seed(7);
        let service = key("S");
        let (mut seen, mut mine, mut now) = (Seen::default(), BTreeMap::new(), start);
        for step in 0..20_000 {
            let id = random.u16(0..40).to_string();
            match random.u8(0..10) {
                0..4 => table.register(now, &offer("S", &id, 1), TTL).unwrap(),
                4..6 => _ = table.deregister(now, &id),
                6..9 => _ = table.renew(now, &id),
                _ => now += SECOND,
            }
            table.expire(now);
            let look = random.u16(0..if step % 4000 < 2000 { 4 } else { 2000 }) == 0;
            if look && let Some(update) = table.since(now, &service, seen) {
                if update.whole {
                    mine.clear();
                }
                for id in update.gone {
                    mine.remove(&id);
                }
                mine.extend(update.put.into_iter().map(|it| (it.id, it.endpoint)));
                seen = update.seen;
                let theirs: BTreeMap<_, _> = table.rows(now).map(|(_, it, _)| (it.id, it.endpoint)).collect();
                assert_eq!(mine, theirs, "after step {step}");
            }
        }
    }
}
