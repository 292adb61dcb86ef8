//! What every registry has to keep, whatever it is made of: one suite for all backends, and for yours.
//!
//! A [`World`] starts and kills; the checks know nothing else about the registry. Nothing in it is timed: a
//! check waits until something is so, and fails when it is not so after [`PATIENCE`].

use std::collections::BTreeSet;
use std::fmt;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, JoinHandle, Thread};
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;

use crate::endpoint::Endpoint;
use crate::error::DiscoverError;
use crate::registration::Registration;
use crate::registry::Registry;
use crate::snapshot::Snapshot;
use crate::subscription::{Standing, Subscription};

/// How long a check waits for what has to come: 60 s. It is the longest lease; nothing here takes a tenth of it
/// on a machine that has nothing else to do.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A registry that can be started and killed, and programs around it.
pub trait World {
    /// Another program of this registry: a client that shares nothing with the others.
    fn client(&self) -> Arc<dyn Registry>;
    /// A provider in a process of its own, or as good as: what is killed takes nothing back. It returns when
    /// the provider is listed.
    ///
    /// # Errors
    /// When there is none.
    fn elsewhere(&self, service: &ServiceKey, endpoint: &Endpoint) -> Result<Box<dyn Elsewhere>, Fault>;
    /// Kills the registry, as `kill -9` does.
    ///
    /// # Errors
    /// When it cannot.
    fn kill(&mut self) -> Result<(), Fault>;
    /// Starts it again, at the same address.
    ///
    /// # Errors
    /// When it cannot.
    fn start_again(&mut self) -> Result<(), Fault>;
}

/// A provider in another process.
pub trait Elsewhere {
    /// Kills it, as `kill -9` does.
    fn kill(self: Box<Self>);
}

/// What was not so, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub String);

type Checked = Result<(), Fault>;

/// One thing that a registry has to keep.
#[derive(Clone, Copy)]
pub struct Check {
    /// What it is about.
    pub name: &'static str,
    /// Tries it. `service` is one that no other check uses.
    pub run: fn(&mut dyn World, &ServiceKey) -> Checked,
}

/// The suite, in this order: those that kill the registry come last.
pub const CHECKS: [Check; 13] = [
    Check { name: "register and discover", run: register_and_discover },
    Check { name: "watch", run: watch },
    Check { name: "deregister", run: deregister },
    Check { name: "crash: the lease ends", run: crash },
    Check { name: "two registrations of one instance", run: two_of_one },
    Check { name: "restart before the old lease ends", run: restarted_provider },
    Check { name: "unknown service", run: unknown_service },
    Check { name: "awkward characters, and names alike", run: awkward },
    Check { name: "1000 rapid changes", run: thousand_changes },
    Check { name: "async readers", run: async_readers },
    Check { name: "registry unreachable for a while", run: outage },
    Check { name: "registry restart", run: registry_restart },
    Check { name: "crash while the registry is away", run: crash_in_outage },
];

/// Runs the whole suite, tells `report` about each check as it ends, and returns how many failed.
pub fn run(world: &mut dyn World, mut report: impl FnMut(&Check, Duration, &Checked)) -> usize {
    let mut failed = 0;
    for (number, check) in CHECKS.iter().enumerate() {
        let service = key(&format!("conformance.Check{number}"));
        let start = Instant::now();
        let result = (check.run)(world, &service);
        failed += usize::from(result.is_err());
        report(check, start.elapsed(), &result);
    }
    failed
}

fn register_and_discover(world: &mut dyn World, service: &ServiceKey) -> Checked {
    let (provider, caller) = (world.client(), world.client());
    let endpoint = at(1).with("zone", "a").expect("a label");
    let registration = register(&*provider, service, &endpoint)?;
    listed(&registration)?;
    let subscription = follow(&*caller, service)?;
    let snapshot = until(&subscription, "it is listed", |it| ports(it) == [1])?;
    check(*snapshot.providers()[0].endpoint == endpoint, || {
        format!("the endpoint came back changed: {} in place of {endpoint}", snapshot.providers()[0].endpoint)
    })?;
    standing(&subscription, "it is followed", |it| *it == Standing::Following)?;
    // Who comes later gets it without waiting for a change.
    until(&follow(&*world.client(), service)?, "a later caller has it, too", |it| ports(it) == [1])?;
    // And a second subscription of one program is the first.
    let again = follow(&*caller, service)?;
    check(again.snapshot().version() > 0, || "a second subscription begins from nothing".into())
}

fn watch(world: &mut dyn World, service: &ServiceKey) -> Checked {
    let (provider, caller) = (world.client(), world.client());
    let subscription = follow(&*caller, service)?;
    let empty = until(&subscription, "the empty list is known", |it| it.version() > 0)?;
    let mut version = empty.version();
    let mut guards = Vec::new();
    for port in 1..=5 {
        guards.push(register(&*provider, service, &at(port))?);
        let wanted: Vec<_> = (1..=port).collect();
        let snapshot = until(&subscription, "one more is listed", |it| ports(it) == wanted)?;
        check(snapshot.version() > version, || "another list with the same version".into())?;
        version = snapshot.version();
    }
    Ok(())
}

fn deregister(world: &mut dyn World, service: &ServiceKey) -> Checked {
    let (provider, caller) = (world.client(), world.client());
    let subscription = follow(&*caller, service)?;
    let [dropped, ended] = [register(&*provider, service, &at(1))?, register(&*provider, service, &at(2))?];
    until(&subscription, "both are listed", |it| ports(it) == [1, 2])?;
    drop(dropped);
    until(&subscription, "the dropped one is out", |it| ports(it) == [2])?;
    ended.end(PATIENCE).map_err(|error| Fault(error.to_string()))?;
    until(&subscription, "the ended one is out", |it| ports(it).is_empty())?;
    // What was never listed can be taken back, too.
    drop(register(&*provider, service, &at(3))?);
    let last = register(&*provider, service, &at(4))?;
    until(&subscription, "the last one is listed, alone", |it| ports(it) == [4])?;
    drop((last, provider));
    until(&subscription, "a client that ends takes its entries along", |it| ports(it).is_empty()).map(|_| ())
}

fn crash(world: &mut dyn World, service: &ServiceKey) -> Checked {
    let subscription = follow(&*world.client(), service)?;
    let survivor = register(&*world.client(), service, &at(2))?;
    let victim = world.elsewhere(service, &at(1))?;
    until(&subscription, "both are listed", |it| ports(it) == [1, 2])?;
    victim.kill();
    until(&subscription, "the killed one is out, and only that", |it| ports(it) == [2])?;
    listed(&survivor)
}

fn two_of_one(world: &mut dyn World, service: &ServiceKey) -> Checked {
    let (one, two) = (world.client(), world.client());
    let subscription = follow(&*world.client(), service)?;
    let tagged = |tag| at(1).with("tag", tag).expect("a label");
    let tag = |it: &Snapshot| match it.providers() {
        [only] => only.endpoint.label("tag").map(str::to_owned),
        _ => None,
    };
    let first = register(&*one, service, &tagged("first"))?;
    until(&subscription, "the first is listed", |it| tag(it).as_deref() == Some("first"))?;
    let second = register(&*two, service, &tagged("second"))?;
    until(&subscription, "the second stands for the address", |it| tag(it).as_deref() == Some("second"))?;
    drop(second);
    until(&subscription, "the first is still registered", |it| tag(it).as_deref() == Some("first"))?;
    let third = register(&*two, service, &tagged("third"))?;
    until(&subscription, "the third stands for the address", |it| tag(it).as_deref() == Some("third"))?;
    first.end(PATIENCE).map_err(|error| Fault(error.to_string()))?;
    let marker = register(&*one, service, &at(2))?;
    until(&subscription, "the end of the first takes nothing away", |it| ports(it) == [1, 2])?;
    drop((third, marker));
    until(&subscription, "nobody is left", |it| ports(it).is_empty()).map(|_| ())
}

fn restarted_provider(world: &mut dyn World, service: &ServiceKey) -> Checked {
    let subscription = follow(&*world.client(), service)?;
    // A second one is killed with it, and does not come back: when it is out, the old leases are over.
    let (victim, witness) = (world.elsewhere(service, &at(1))?, world.elsewhere(service, &at(2))?);
    until(&subscription, "both are listed", |it| ports(it) == [1, 2])?;
    let never_away = Always::new(&subscription, 1);
    victim.kill();
    witness.kill();
    let again = register(&*world.client(), service, &at(1))?;
    listed(&again)?;
    until(&subscription, "the witness is out", |it| ports(it) == [1])?;
    // Old leases end one after the other: see that this was not only the first of them.
    let marker = register(&*world.client(), service, &at(3))?;
    until(&subscription, "the one that came back is listed", |it| ports(it) == [1, 3])?;
    drop(marker);
    never_away.end()
}

fn unknown_service(world: &mut dyn World, service: &ServiceKey) -> Checked {
    let subscription = follow(&*world.client(), service)?;
    until(&subscription, "the registry has answered", |it| it.version() > 0)?;
    let nobody = DiscoverError::NoProvider { service: service.clone() };
    let said = subscription.snapshot().require().map(<[_]>::len);
    check(said == Err(nobody.clone()), || format!("expected {nobody:?}, got {said:?}"))?;
    let late = register(&*world.client(), service, &at(1))?;
    until(&subscription, "it is still followed", |it| ports(it) == [1])?;
    drop(late);
    until(&subscription, "nobody again", |it| it.require() == Err(nobody.clone())).map(|_| ())
}

fn awkward(world: &mut dyn World, service: &ServiceKey) -> Checked {
    // Every character that a key may have; and keys of which one begins as the other does.
    let keys = [
        service.as_str().to_owned(),
        format!("{service}x"),
        format!("{service}.x"),
        format!("{service}:1.0"),
        format!("{service}:1"),
        format!("g-1_$.x/{service}:1.0"),
        format!("g/{service}"),
        format!("{service}$-_.9:v-1.0_$"),
    ];
    let values =
        ["", " ", "+", "%", "%2B", "a/b?c&d=e#f", "*[a-z]?\\", "~", "北京 😀", "\u{1b}[2J\n\t\"'<>{}"];
    let (provider, caller) = (world.client(), world.client());
    let mut guards = Vec::new();
    let mut followed = Vec::new();
    for (port, name) in (1..).zip(&keys) {
        let endpoint = values.iter().zip(0..).try_fold(at(port), |endpoint, (value, number)| {
            endpoint.with(&format!("label {number} & =%/?"), value)
        });
        let endpoint = endpoint.expect("ten labels");
        guards.push(register(&*provider, &key(name), &endpoint)?);
        followed.push((follow(&*caller, &key(name))?, port, endpoint));
    }
    for (subscription, port, endpoint) in followed {
        let snapshot = until(&subscription, "its own provider, and no other's", |it| ports(it) == [port])?;
        check(*snapshot.providers()[0].endpoint == endpoint, || {
            format!(
                "{}: the labels came back changed: {}",
                subscription.service(),
                snapshot.providers()[0].endpoint
            )
        })?;
    }
    Ok(())
}

fn thousand_changes(world: &mut dyn World, service: &ServiceKey) -> Checked {
    let subscription = follow(&*world.client(), service)?;
    let clients: Vec<_> = (0..4).map(|_| world.client()).collect();
    let mut random = fastrand::Rng::with_seed(6);
    let mut held: Vec<(u16, Registration)> = Vec::new();
    for change in 0..1000 {
        if held.len() > 30 || (!held.is_empty() && random.bool()) {
            drop(held.swap_remove(random.usize(..held.len())));
        } else {
            let port = 1 + change;
            held.push((port, register(&*clients[random.usize(..4)], service, &at(port))?));
        }
        // Some are listed before they go; others were only wanted.
        if change % 50 == 0
            && let Some((_, guard)) = held.last()
        {
            listed(guard)?;
        }
    }
    for (_, guard) in &held {
        listed(guard)?;
    }
    let wanted: BTreeSet<u16> = held.iter().map(|(port, _)| *port).collect();
    let same = |it: &Snapshot| ports(it).into_iter().collect::<BTreeSet<_>>() == wanted;
    until(&subscription, "the list is what is registered", same)?;
    // And the registry says the same to somebody who asks only now.
    until(&follow(&*world.client(), service)?, "a new caller has the same list", same).map(|_| ())
}

fn async_readers(world: &mut dyn World, service: &ServiceKey) -> Checked {
    let subscription = follow(&*world.client(), service)?;
    let (reader, (sender, receiver)) = (subscription.clone(), mpsc::channel());
    let thread = thread::spawn(move || {
        block_on(async {
            let mut version = 0;
            loop {
                let snapshot = reader.newer(version).await;
                version = snapshot.version();
                if sender.send(ports(&snapshot)).is_err() || ports(&snapshot) == [1, 2] {
                    return;
                }
            }
        });
    });
    let provider = world.client();
    let _one = register(&*provider, service, &at(1))?;
    until(&subscription, "one is listed", |it| ports(it) == [1])?;
    let _two = register(&*provider, service, &at(2))?;
    until(&subscription, "two are listed", |it| ports(it) == [1, 2])?;
    let end = Instant::now() + PATIENCE;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match receiver.recv_timeout(left) {
            Ok(seen) if seen == [1, 2] => break,
            Ok(_) => {}
            Err(_) => return Err(Fault("async code was not woken for the list that threads have".into())),
        }
    }
    thread.join().map_err(|_| Fault("the async reader panicked".into()))
}

fn outage(world: &mut dyn World, service: &ServiceKey) -> Checked {
    let (provider, caller) = (world.client(), world.client());
    let before = register(&*provider, service, &at(1))?;
    let subscription = follow(&*caller, service)?;
    until(&subscription, "it is listed", |it| ports(it) == [1])?;
    let never_away = Always::new(&subscription, 1);
    world.kill()?;
    standing(&subscription, "it is known that the list is old", |it| matches!(it, Standing::Stale { .. }))?;
    check(ports(&subscription.snapshot()) == [1], || "the list was lost with the registry".into())?;
    // Who comes now is not turned away, and knows that nothing is known.
    let late = follow(&*world.client(), service)?;
    let unknown = DiscoverError::NotYetKnown { service: service.clone() };
    let said = late.snapshot().require().map(<[_]>::len);
    check(said == Err(unknown.clone()), || format!("expected {unknown:?}, got {said:?}"))?;
    let during = register(&*world.client(), service, &at(2))?;
    world.start_again()?;
    standing(&subscription, "it is followed again", |it| *it == Standing::Following)?;
    for subscription in [&subscription, &late] {
        until(subscription, "who was there, and who came meanwhile", |it| ports(it) == [1, 2])?;
    }
    listed(&before)?;
    listed(&during)?;
    never_away.end()
}

fn registry_restart(world: &mut dyn World, service: &ServiceKey) -> Checked {
    let (provider, caller) = (world.client(), world.client());
    let registrations = [register(&*provider, service, &at(1))?, register(&*provider, service, &at(2))?];
    let subscription = follow(&*caller, service)?;
    until(&subscription, "both are listed", |it| ports(it) == [1, 2])?;
    let never_away = [Always::new(&subscription, 1), Always::new(&subscription, 2)];
    world.kill()?;
    world.start_again()?;
    // Whoever asks the new one gets both: they have come back by themselves.
    until(&follow(&*world.client(), service)?, "both are listed again", |it| ports(it) == [1, 2])?;
    // What comes after the restart is seen, so the callers follow the new one.
    let third = register(&*world.client(), service, &at(3))?;
    until(&subscription, "a third one is seen", |it| ports(it) == [1, 2, 3])?;
    drop(third);
    until(&subscription, "the third one has gone", |it| ports(it) == [1, 2])?;
    for always in never_away {
        always.end()?;
    }
    for registration in registrations {
        registration.end(PATIENCE).map_err(|error| Fault(error.to_string()))?;
    }
    until(&subscription, "both can be taken out", |it| ports(it).is_empty()).map(|_| ())
}

fn crash_in_outage(world: &mut dyn World, service: &ServiceKey) -> Checked {
    let subscription = follow(&*world.client(), service)?;
    let survivor = register(&*world.client(), service, &at(2))?;
    let victim = world.elsewhere(service, &at(1))?;
    until(&subscription, "both are listed", |it| ports(it) == [1, 2])?;
    let never_away = Always::new(&subscription, 2);
    world.kill()?;
    standing(&subscription, "it is known that the list is old", |it| matches!(it, Standing::Stale { .. }))?;
    victim.kill();
    check(ports(&subscription.snapshot()) == [1, 2], || "nobody can know that one is dead".into())?;
    world.start_again()?;
    until(&subscription, "the killed one is out, and only that", |it| ports(it) == [2])?;
    listed(&survivor)?;
    never_away.end()
}

/// Sees whether a provider was ever missing.
struct Always {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Checked>,
}

impl Always {
    fn new(subscription: &Subscription, port: u16) -> Self {
        let (stop, subscription) = (Arc::new(AtomicBool::new(false)), subscription.clone());
        let stopped = Arc::clone(&stop);
        let thread = thread::spawn(move || {
            let mut version = 0;
            loop {
                // Whether to stop is asked first, so that the last look comes after the last change.
                let last = stopped.load(SeqCst);
                if let Some(snapshot) = subscription.wait_newer(version, Duration::from_millis(20)) {
                    version = snapshot.version();
                    check(ports(&snapshot).contains(&port), || {
                        format!("port {port} was missing in version {version}: {:?}", ports(&snapshot))
                    })?;
                } else if last {
                    return Ok(());
                }
            }
        });
        Self { stop, thread }
    }

    fn end(self) -> Checked {
        self.stop.store(true, SeqCst);
        self.thread.join().unwrap_or_else(|_| Err(Fault("who looked has panicked".into())))
    }
}

fn key(text: &str) -> ServiceKey {
    ServiceKey::parse(text).expect("a good key")
}

fn at(port: u16) -> Endpoint {
    Endpoint::new(SocketAddr::from(([127, 0, 0, 1], port)))
}

fn ports(snapshot: &Snapshot) -> Vec<u16> {
    snapshot.providers().iter().map(|provider| provider.endpoint.address().port()).collect()
}

fn register(
    registry: &dyn Registry,
    service: &ServiceKey,
    endpoint: &Endpoint,
) -> Result<Registration, Fault> {
    registry.register(service, endpoint.clone()).map_err(|error| Fault(error.to_string()))
}

fn listed(registration: &Registration) -> Checked {
    registration.wait_listed(PATIENCE).map_err(|error| Fault(error.to_string()))
}

fn follow(registry: &dyn Registry, service: &ServiceKey) -> Result<Subscription, Fault> {
    registry.subscribe(service).map_err(|error| Fault(error.to_string()))
}

/// Waits until a snapshot is as it should be.
fn until(
    subscription: &Subscription,
    what: &str,
    is: impl Fn(&Snapshot) -> bool,
) -> Result<Arc<Snapshot>, Fault> {
    let end = Instant::now() + PATIENCE;
    let mut snapshot = Arc::clone(&subscription.snapshot());
    while !is(&snapshot) {
        let left = end.saturating_duration_since(Instant::now());
        snapshot = subscription.wait_newer(snapshot.version(), left).ok_or_else(|| {
            let last = match snapshot.require() {
                Ok(_) => format!("listed are the ports {:?}", ports(&snapshot)),
                Err(error) => error.to_string(),
            };
            let standing = subscription.standing();
            Fault(format!("waited for this in vain: {what}. At last, {last} ({standing:?})"))
        })?;
    }
    Ok(snapshot)
}

/// Waits until the standing is as it should be.
fn standing(subscription: &Subscription, what: &str, is: impl Fn(&Standing) -> bool) -> Checked {
    let found = subscription.wait_standing(PATIENCE, is);
    check(found.is_some(), || {
        format!("waited for this in vain: {what}. At last: {:?}", subscription.standing())
    })
}

fn check(so: bool, why: impl FnOnce() -> String) -> Checked {
    if so { Ok(()) } else { Err(Fault(why())) }
}

/// Runs a future on this thread. (Chapter 8 builds this, and explains it.)
fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        thread::park();
    }
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Check").field(&self.name).finish()
    }
}
