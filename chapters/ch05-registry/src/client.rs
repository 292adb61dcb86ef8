//! The same client for every kind of registry: what each has its own way for is its [`Backend`].

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;

use crate::agenda::{Agenda, Ticket, Todo};
use crate::backend::{Backend, Offer, Renewal};
use crate::endpoint::Endpoint;
use crate::error::RegistryError;
use crate::follower;
use crate::registration::{Keeper, Progress, Registration};
use crate::registry::Registry;
use crate::subscription::{Publisher, Subscription, subscription};

/// How a client behaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientOptions {
    /// Changes that come faster are published together: 20 ms. A caller that hears of a new provider 20 ms
    /// later has lost nothing; one that builds its tables anew a thousand times a second has. The first change
    /// after a quiet time is never delayed.
    pub debounce: Duration,
    /// How many registrations it may have: 1024. One thread renews them one after the other; with a millisecond
    /// for each, three times as many would need the whole time between two renewals of a usual lease.
    pub max_registrations: usize,
    /// How many services it may follow: 256, as many as may wait at a registry of ours. Each costs a thread that
    /// waits (until chapter 8), also for some seconds after nobody follows it any more.
    pub max_subscriptions: usize,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self { debounce: Duration::from_millis(20), max_registrations: 1024, max_subscriptions: 256 }
    }
}

/// A registry that is reached through `B`.
///
/// ```text
///   register  ─▶ Agenda ─▶ keeper   one thread for all registrations: register, renew, deregister, again
///   subscribe ─▶ follower           one thread for each service: watch ─▶ Cache ─▶ Debounce ─▶ Publisher
/// ```
///
/// Dropping it, or a guard, does not wait: what has to be taken from the list is taken from it in the
/// background, once. Whoever must know waits with [`Registration::end`]. Subscriptions go on as they are.
#[derive(Debug)]
pub struct RegistryClient<B: Backend> {
    core: Arc<Core<B>>,
}

#[derive(Debug)]
struct Core<B: Backend> {
    backend: Arc<B>,
    options: ClientOptions,
    followed: Mutex<HashMap<ServiceKey, Publisher>>,
    /// One is held by each thread that follows.
    followers: Arc<()>,
    desk: Arc<Desk<B>>,
}

/// What the keeper works on.
#[derive(Debug)]
struct Desk<B: Backend> {
    work: Mutex<Work<B>>,
    /// Something has changed that the keeper does not know.
    bell: Condvar,
}

struct Work<B: Backend> {
    agenda: Agenda<B::Lease>,
    offers: HashMap<Ticket, (Arc<Offer>, Progress)>,
    /// Nobody is left who could want something: finish what is begun.
    closing: bool,
    /// Whether the keeper's thread runs. It is started for the first registration: a caller needs none.
    kept: bool,
}

impl<B: Backend> RegistryClient<B> {
    /// A client of the registry behind `backend`. Connects when something is wanted.
    pub fn new(backend: B, options: ClientOptions) -> Self {
        let backend = Arc::new(backend);
        let agenda = Agenda::new(backend.renew_every(), fastrand::u64(..));
        let work = Work { agenda, offers: HashMap::new(), closing: false, kept: false };
        let desk = Arc::new(Desk { work: Mutex::new(work), bell: Condvar::new() });
        let core = Core { backend, options, followed: Mutex::default(), followers: Arc::default(), desk };
        Self { core: Arc::new(core) }
    }

    /// Where the registry is, for messages.
    pub fn name(&self) -> String {
        self.core.backend.name()
    }
}

impl<B: Backend> Registry for RegistryClient<B> {
    fn register(&self, service: &ServiceKey, endpoint: Endpoint) -> Result<Registration, RegistryError> {
        let core = Arc::clone(&self.core);
        let limit = core.options.max_registrations;
        let mut work = core.desk.lock();
        if work.offers.len() >= limit {
            return Err(RegistryError::TooMany { what: "registrations", limit });
        }
        if !work.kept {
            core.start_keeper()?;
            work.kept = true;
        }
        let id = format!("{:016x}", fastrand::u64(..));
        let progress = Progress::default();
        let ticket = work.agenda.want(Instant::now());
        let offer = Arc::new(Offer { service: service.clone(), endpoint, id });
        work.offers.insert(ticket, (offer, progress.clone()));
        drop(work);
        core.desk.bell.notify_one();
        Ok(Registration::new(progress, Box::new(Guard { core, ticket })))
    }

    fn subscribe(&self, service: &ServiceKey) -> Result<Subscription, RegistryError> {
        let mut followed = self.core.followed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(subscription) = followed.get(service).and_then(Publisher::subscription) {
            return Ok(subscription);
        }
        followed.retain(|_, publisher| publisher.is_wanted());
        let limit = self.core.options.max_subscriptions;
        // Our own is one, too.
        if Arc::strong_count(&self.core.followers) > limit {
            return Err(RegistryError::TooMany { what: "subscriptions", limit });
        }
        let (publisher, subscription) = subscription(service.clone());
        let followed_by = publisher.share();
        let (core, alive) = (&self.core, Arc::clone(&self.core.followers));
        let backend = Arc::clone(&core.backend);
        follower::start(backend, service.clone(), publisher, core.options.debounce, alive)?;
        followed.insert(service.clone(), followed_by);
        Ok(subscription)
    }
}

/// Takes one registration back.
#[derive(Debug)]
struct Guard<B: Backend> {
    core: Arc<Core<B>>,
    ticket: Ticket,
}

// ANCHOR: end
impl<B: Backend> Keeper for Guard<B> {
    fn end(&self) {
        let mut work = self.core.desk.lock();
        work.agenda.unwant(self.ticket, Instant::now());
        work.sweep(self.ticket);
        drop(work);
        self.core.desk.bell.notify_one();
    }
}
// ANCHOR_END: end

impl<B: Backend> Core<B> {
    fn start_keeper(&self) -> Result<(), RegistryError> {
        let (backend, desk) = (Arc::clone(&self.backend), Arc::clone(&self.desk));
        let keep = move || {
            let alarm = Alarm(&desk);
            alarm.0.keep(&*backend);
        };
        let thread = thread::Builder::new().name("registry-keeper".into()).spawn(keep);
        thread.map(|_| ()).map_err(|error| RegistryError::NoThread { why: error.to_string() })
    }
}

impl<B: Backend> Drop for Core<B> {
    fn drop(&mut self) {
        let mut work = self.desk.lock();
        work.closing = true;
        work.agenda.close();
        drop(work);
        self.desk.bell.notify_one();
    }
}

/// Tells every guard when the keeper panics, which a backend of somebody else may do.
struct Alarm<'a, B: Backend>(&'a Desk<B>);

impl<B: Backend> Drop for Alarm<'_, B> {
    fn drop(&mut self) {
        if thread::panicking() {
            let mut work = self.0.lock();
            work.kept = false; // the next registration starts another
            for (_, progress) in work.offers.values() {
                progress.failed("the thread that keeps registrations has panicked".into());
            }
        }
    }
}

impl<B: Backend> Desk<B> {
    fn lock(&self) -> MutexGuard<'_, Work<B>> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The keeper's thread: asks the agenda, does it, tells the agenda how it went.
    // ANCHOR: keep
    fn keep(&self, backend: &B) {
        let mut work = self.lock();
        loop {
            work.agenda.renew_every(backend.renew_every());
            let todo = work.agenda.next(Instant::now());
            work = match todo {
                Todo::Rest(_) if work.closing => return,
                Todo::Rest(until) => self.rest(work, until),
                Todo::Register(ticket) => {
                    let (offer, progress) = work.offers[&ticket].clone();
                    drop(work); // the registry may take its time
                    let result = backend.register(&offer);
                    let mut work = self.lock();
                    match result {
                        Ok(lease) => {
                            work.agenda.registered(ticket, lease, Instant::now());
                            progress.listed();
                        }
                        Err(error) => work.failed(ticket, &error),
                    }
                    work
                }
                Todo::Renew(ticket, lease) => {
                    drop(work);
                    let result = backend.renew(&lease);
                    let mut work = self.lock();
                    match result {
                        Ok(Renewal::Kept) => {
                            work.agenda.renewed(ticket, Instant::now());
                            work.offers[&ticket].1.listed();
                        }
                        Ok(Renewal::Gone) => {
                            work.offers[&ticket].1.gone();
                            work.agenda.gone(ticket, Instant::now());
                            work.sweep(ticket);
                        }
                        Err(error) => work.failed(ticket, &error),
                    }
                    work
                }
                Todo::Deregister(ticket, lease) => {
                    drop(work);
                    let result = backend.deregister(&lease);
                    let mut work = self.lock();
                    match result {
                        Ok(()) => {
                            work.agenda.deregistered(ticket);
                            work.sweep(ticket);
                        }
                        Err(error) => work.failed(ticket, &error),
                    }
                    work
                }
            };
        }
    }
    // ANCHOR_END: keep

    fn rest<'a>(&'a self, work: MutexGuard<'a, Work<B>>, until: Option<Instant>) -> MutexGuard<'a, Work<B>> {
        match until {
            None => self.bell.wait(work).unwrap_or_else(PoisonError::into_inner),
            Some(until) => {
                let left = until.saturating_duration_since(Instant::now());
                self.bell.wait_timeout(work, left).unwrap_or_else(PoisonError::into_inner).0
            }
        }
    }
}

impl<B: Backend> Work<B> {
    fn failed(&mut self, ticket: Ticket, error: &RegistryError) {
        self.offers[&ticket].1.failed(error.to_string());
        self.agenda.failed(ticket, Instant::now());
        self.sweep(ticket);
    }

    /// Forgets what the agenda has forgotten.
    fn sweep(&mut self, ticket: Ticket) {
        if !self.agenda.contains(ticket)
            && let Some((_, progress)) = self.offers.remove(&ticket)
        {
            progress.ended();
        }
    }
}

impl<B: Backend> std::fmt::Debug for Work<B> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Work").field("registrations", &self.offers.len()).finish_non_exhaustive()
    }
}
