//! The table behind a lock and a clock, and those who wait for news.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;

use super::service::{Answer, MAX_OVERVIEW, Overview, RegistryService};
use crate::backend::Offer;
use crate::endpoint::Endpoint;
use crate::table::{Refusal, Seen, Table};

/// The longest that one watch waits: 10 s. Who waits longer asks again; so a caller that has died without a
/// word is not waited for, and a thread is not held, for longer.
pub const MAX_WAIT: Duration = Duration::from_secs(10);
/// How often leases are looked at, at least: 500 ms. So a look that comes much later says that this process, or
/// its machine, has slept.
pub const LOOK: Duration = Duration::from_millis(500);

/// When to come back, if too many wait already: 500 ms.
pub const COME_BACK: Duration = Duration::from_millis(500);

/// What the threads of a registry share. The one lock is held for a lookup, never while somebody waits.
pub struct Hub {
    inner: Mutex<Inner>,
    /// For who ends leases: the next deadline may have come nearer, or all is over.
    deadlines: Condvar,
    max_waiting: usize,
}

struct Inner {
    table: Table,
    /// A bell for each service that somebody waits for: a change wakes those whom it concerns.
    waiting: HashMap<ServiceKey, Bell>,
    /// How many wait, for all services.
    waiters: usize,
    /// Counts what a snapshot on disk would have to write.
    changes: u64,
    closed: bool,
    /// When leases were looked at last, while somebody looks regularly.
    looked: Option<Instant>,
}

#[derive(Default)]
struct Bell {
    waiters: usize,
    rung: Arc<Condvar>,
}

impl Hub {
    /// A hub around `table`, at which at most `max_waiting` may wait at once.
    pub fn new(table: Table, max_waiting: usize) -> Self {
        let waiting = HashMap::new();
        let looked = None;
        let inner = Inner { table, waiting, waiters: 0, changes: 0, closed: false, looked };
        Self { inner: Mutex::new(inner), deadlines: Condvar::new(), max_waiting }
    }

    /// Ends leases as their time comes, until [`close`](Self::close): for a thread of its own.
    // ANCHOR: end_leases
    pub fn end_leases(&self) {
        let (mut inner, mut now) = self.now();
        // From here on somebody looks in time. Without a thread that does, nobody can tell sleep from leisure.
        inner.looked = Some(now);
        while !inner.closed {
            let next = inner.table.next_deadline().map_or(LOOK, |next| next.saturating_duration_since(now));
            let rest = self.deadlines.wait_timeout(inner, next.min(LOOK));
            inner = rest.unwrap_or_else(PoisonError::into_inner).0;
            now = inner.expire();
        }
        inner.looked = None;
    }
    // ANCHOR_END: end_leases

    /// Sends everybody away who waits.
    pub fn close(&self) {
        let mut inner = self.lock();
        inner.closed = true;
        for bell in inner.waiting.values() {
            bell.rung.notify_all();
        }
        self.deadlines.notify_all();
    }

    /// Whether it was closed.
    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// How often something has changed that a snapshot on disk shows, and what it shows.
    pub(super) fn look<T>(&self, look: impl FnOnce(u64, &Table) -> T) -> T {
        let inner = self.lock();
        look(inner.changes, &inner.table)
    }

    /// How many registrations there are.
    pub fn len(&self) -> usize {
        self.lock().table.len()
    }

    /// Whether nobody is registered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many wait for news.
    pub fn waiting(&self) -> usize {
        self.lock().waiters
    }

    /// The table as it is now: without those whose time is over, and with all told who wait for that.
    fn now(&self) -> (MutexGuard<'_, Inner>, Instant) {
        let mut inner = self.lock();
        let now = inner.expire();
        (inner, now)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl RegistryService for Hub {
    type Error = Refusal;

    fn register(&self, service: &str, id: &str, endpoint: &Endpoint, ttl_ms: u64) -> Result<(), Refusal> {
        let service = key(service)?;
        let offer = Offer { service: service.clone(), endpoint: endpoint.clone(), id: id.to_owned() };
        let (mut inner, now) = self.now();
        inner.table.register(now, &offer, Duration::from_millis(ttl_ms))?;
        inner.changed(&service);
        self.deadlines.notify_one();
        Ok(())
    }

    fn renew(&self, id: &str) -> Result<bool, Refusal> {
        let (mut inner, now) = self.now();
        Ok(inner.table.renew(now, id))
    }

    fn deregister(&self, id: &str) -> Result<bool, Refusal> {
        let (mut inner, now) = self.now();
        let service = inner.table.owner(id).cloned();
        let was_there = inner.table.deregister(now, id);
        if let Some(service) = service {
            inner.changed(&service);
        }
        Ok(was_there)
    }

    // ANCHOR: watch
    fn watch(&self, service: &str, seen: Seen, wait_ms: u64) -> Result<Answer, Refusal> {
        let service = key(service)?;
        let end = Instant::now() + Duration::from_millis(wait_ms).min(MAX_WAIT);
        let (mut inner, mut now) = self.now();
        loop {
            if let Some(update) = inner.table.since(now, &service, seen) {
                return Ok(Answer::News(update));
            }
            if inner.closed {
                return Err(Refusal::Closed);
            }
            if now >= end {
                return Ok(Answer::Nothing);
            }
            if inner.waiters >= self.max_waiting {
                let after_ms = COME_BACK.as_millis() as u64;
                return Ok(Answer::Busy { after_ms });
            }
            // Looked and found nothing, under the lock that every change needs: nothing can come between.
            let bell = inner.begin_to_wait(&service);
            inner = bell.wait_timeout(inner, end - now).unwrap_or_else(PoisonError::into_inner).0;
            inner.end_to_wait(&service);
            now = inner.expire();
        }
    }
    // ANCHOR_END: watch

    fn services(&self, after: &str) -> Result<Vec<Overview>, Refusal> {
        let (inner, _) = self.now();
        let later = inner.table.services().skip_while(|(service, _)| service.as_str() <= after);
        let overview = later.take(MAX_OVERVIEW).map(|(service, registrations)| Overview {
            service: service.to_string(),
            registrations: registrations as u64,
            waiting: inner.waiting.get(service).map_or(0, |bell| bell.waiters as u64),
        });
        Ok(overview.collect())
    }
}

impl Inner {
    /// Ends the leases whose time is over. The time.
    fn expire(&mut self) -> Instant {
        let now = Instant::now();
        if self.looked.is_some_and(|looked| now - looked > LOOK * 3) {
            self.table.slept(now);
        }
        self.looked = self.looked.map(|_| now);
        for expired in self.table.expire(now) {
            self.changed(&expired.service);
        }
        now
    }

    fn changed(&mut self, service: &ServiceKey) {
        self.changes += 1;
        if let Some(bell) = self.waiting.get(service) {
            bell.rung.notify_all();
        }
    }

    fn begin_to_wait(&mut self, service: &ServiceKey) -> Arc<Condvar> {
        self.waiters += 1;
        let bell = self.waiting.entry(service.clone()).or_default();
        bell.waiters += 1;
        Arc::clone(&bell.rung)
    }

    fn end_to_wait(&mut self, service: &ServiceKey) {
        self.waiters -= 1;
        if let Some(bell) = self.waiting.get_mut(service) {
            bell.waiters -= 1;
            if bell.waiters == 0 {
                self.waiting.remove(service);
            }
        }
    }
}

fn key(service: &str) -> Result<ServiceKey, Refusal> {
    ServiceKey::parse(service).map_err(|error| Refusal::Bad { why: error.to_string() })
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hub").field("registrations", &self.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::table::TableLimits;

    const LONG: u64 = 10_000;

    fn hub(max_waiting: usize) -> Arc<Hub> {
        let table = Table::new(1, Instant::now(), Duration::ZERO, TableLimits::default());
        Arc::new(Hub::new(table, max_waiting))
    }

    fn endpoint() -> Endpoint {
        Endpoint::new(([127, 0, 0, 1], 1).into())
    }

    fn seen(answer: &Answer) -> Seen {
        let Answer::News(update) = answer else { panic!("{answer:?}") };
        update.seen
    }

    /// A watch of `service` on a thread, that waits.
    fn waits(
        hub: &Arc<Hub>,
        service: &'static str,
        seen: Seen,
    ) -> thread::JoinHandle<Result<Answer, Refusal>> {
        let (watched, before) = (Arc::clone(hub), hub.waiting());
        let watch = thread::spawn(move || watched.watch(service, seen, LONG));
        while hub.waiting() == before {
            thread::yield_now();
        }
        watch
    }

    #[test]
    fn a_change_wakes_whom_it_concerns() {
        let hub = hub(8);
        let nobody = seen(&hub.watch("S", Seen::default(), 0).unwrap());
        let (s, t) = (waits(&hub, "S", nobody), waits(&hub, "T", nobody));
        hub.register("S", "a", &endpoint(), 60_000).unwrap();
        let Ok(Answer::News(update)) = s.join().unwrap() else { panic!("it was woken for news") };
        assert_eq!(update.put.len(), 1);
        assert_eq!(hub.waiting(), 1, "T still waits");
        let overview = hub.services("").unwrap();
        assert_eq!((overview.len(), overview[0].registrations, overview[0].waiting), (1, 1, 0));
        assert_eq!(hub.services("S").unwrap(), []);
        hub.close();
        assert_eq!(t.join().unwrap(), Err(Refusal::Closed));
        assert_eq!(hub.watch("T", nobody, LONG), Err(Refusal::Closed), "nobody waits for nothing");
    }

    /// Also when it is not the thread for leases that notices.
    #[test]
    fn the_end_of_a_lease_wakes_who_waits() {
        let hub = hub(8);
        hub.register("S", "short", &endpoint(), 100).unwrap();
        let seen = seen(&hub.watch("S", Seen::default(), 0).unwrap());
        let watch = waits(&hub, "S", seen);
        while hub.renew("another").unwrap() || !hub.is_empty() {
            thread::yield_now();
        }
        let Ok(Answer::News(update)) = watch.join().unwrap() else { panic!("it was woken for news") };
        assert_eq!(update.gone, ["short"]);
    }

    #[test]
    fn more_than_may_wait_are_told_to_come_back() {
        let hub = hub(1);
        let nobody = seen(&hub.watch("S", Seen::default(), 0).unwrap());
        let first = waits(&hub, "S", nobody);
        assert_eq!(hub.watch("S", nobody, LONG), Ok(Answer::Busy { after_ms: 500 }));
        hub.close();
        assert_eq!(first.join().unwrap(), Err(Refusal::Closed));
    }

    #[test]
    fn a_name_that_is_none_is_refused() {
        let hub = hub(1);
        for refusal in
            [hub.watch("a b", Seen::default(), 0).map(|_| ()), hub.register("", "a", &endpoint(), 1000)]
        {
            assert!(matches!(refusal, Err(Refusal::Bad { .. })));
        }
    }
}
