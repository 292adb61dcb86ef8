//! A hundred changes in a row: few lists are published, and the last one is the registry's.

mod common;

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use ch05_registry::backend::{Backend, Offer, Renewal, Watch};
use ch05_registry::embedded::{Embedded, EmbeddedRegistry, RegistryOptions};
use ch05_registry::listing::{Entry, Listing};
use ch05_registry::{ClientOptions, Registry, RegistryClient, RegistryError, Snapshot};
use common::{Over, PATIENCE, at, listener, orders, until, wait_for};

const CHANGES: u16 = 100;

/// A registry whose lists the test sends. It says when the client has taken one, and comes for the next.
#[derive(Debug)]
struct Scripted {
    ends: Mutex<Option<Ends>>,
}

#[derive(Debug)]
struct Ends {
    lists: Receiver<Listing>,
    asked: Sender<()>,
}

impl Scripted {
    fn new() -> (Self, Sender<Listing>, Receiver<()>) {
        let ((list, lists), (asked, asks)) = (channel(), channel());
        (Self { ends: Mutex::new(Some(Ends { lists, asked })) }, list, asks)
    }
}

impl Backend for Scripted {
    type Lease = ();
    type Watch = Ends;

    fn name(&self) -> String {
        "a scripted one".into()
    }
    fn renew_every(&self) -> Duration {
        PATIENCE
    }
    fn register(&self, _: &Offer) -> Result<(), RegistryError> {
        Ok(())
    }
    fn renew(&self, (): &()) -> Result<Renewal, RegistryError> {
        Ok(Renewal::Kept)
    }
    fn deregister(&self, (): &()) -> Result<(), RegistryError> {
        Ok(())
    }
    fn watch(&self, _: &ServiceKey) -> Result<Ends, RegistryError> {
        let gone = || RegistryError::Unreachable { registry: self.name(), why: "the test has ended".into() };
        self.ends.lock().unwrap().take().ok_or_else(gone)
    }
}

impl Watch for Ends {
    fn next(&mut self, limit: Duration) -> Result<Option<Listing>, RegistryError> {
        let _ = self.asked.send(());
        Ok(self.lists.recv_timeout(limit).ok())
    }
}

/// The list after so many changes: providers on the ports 1 to 10, of which one comes or goes each time.
fn list(change: u16) -> Listing {
    let is_there = |port: &u16| (change + port) % 10 < 5;
    let entry = |port: u16| Entry {
        id: format!("{port}").into(),
        order: port.into(),
        endpoint: Arc::new(at(port)),
        age: None,
    };
    Listing { entries: (1..=10).filter(is_there).map(entry).collect(), ..Listing::default() }
}

fn ports(snapshot: &Snapshot) -> Vec<u16> {
    snapshot.providers().iter().map(|provider| provider.endpoint.address().port()).collect()
}

/// With a window that does not end while the test runs, all changes are one list: the first, at once. Twenty
/// of them: while a change waits, the registry is asked every 50 ms.
#[test]
fn within_one_window_one_list_is_published() {
    let (backend, lists, asks) = Scripted::new();
    let options = ClientOptions { debounce: Duration::from_secs(60), ..ClientOptions::default() };
    let client = RegistryClient::new(backend, options);
    let begun = Instant::now();
    let subscription = client.subscribe(&orders()).unwrap();
    for change in 0..20 {
        asks.recv_timeout(PATIENCE).expect("it comes for the next list");
        lists.send(list(change)).unwrap();
    }
    asks.recv_timeout(PATIENCE).expect("it has taken the last one");
    let snapshot = subscription.snapshot();
    let windows = 1 + begun.elapsed().as_secs() / 60;
    assert!(snapshot.version() <= windows, "{} lists in {windows} windows", snapshot.version());
    if windows == 1 {
        assert_eq!(ports(&snapshot), ports_of(&list(0)), "the first one is not delayed");
    }
}

fn ports_of(listing: &Listing) -> Vec<u16> {
    let mut ports: Vec<_> = listing.entries.iter().map(|entry| entry.endpoint.address().port()).collect();
    ports.sort_unstable();
    ports
}

/// However fast changes come, there is a window between two lists; and what the last one says is the truth.
#[test]
fn lists_are_published_at_the_windows_pace_and_the_last_is_the_truth() {
    let window = Duration::from_millis(100);
    let (backend, lists, asks) = Scripted::new();
    let client = RegistryClient::new(backend, ClientOptions { debounce: window, ..ClientOptions::default() });
    let begun = Instant::now();
    let subscription = client.subscribe(&orders()).unwrap();
    for change in 0..CHANGES {
        lists.send(list(change)).unwrap();
    }
    let last = ports_of(&list(CHANGES - 1));
    for _ in 0..CHANGES {
        asks.recv_timeout(PATIENCE).expect("it comes for the next list");
    }
    let snapshot = until(&subscription, "the last list", |it| ports(it) == last);
    // Slower machines have more windows, never fewer: it is a bound, not a race.
    let windows = begun.elapsed().as_millis() as u64 / window.as_millis() as u64 + 1;
    assert!(snapshot.version() <= windows, "{} lists in {windows} windows", snapshot.version());
}

/// The same with a registry of ours, and with one who looks all the time: versions only grow, and every list
/// that is seen is one that there was.
#[test]
fn a_storm_at_a_real_registry() {
    let options = RegistryOptions { settle: Duration::ZERO, ..RegistryOptions::default() };
    let registry = EmbeddedRegistry::start(listener(), options).unwrap();
    let client = || {
        let embedded = Embedded::new(registry.address(), Duration::from_secs(10));
        RegistryClient::new(embedded, ClientOptions::default())
    };
    let (provider, caller) = (client(), client());
    let subscription = caller.subscribe(&orders()).unwrap();
    let stays = provider.register(&orders(), at(1)).unwrap();
    until(&subscription, "one is listed", |it| ports(it) == [1]);
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let guard = Over(&over);
        let reader = scope.spawn(|| {
            let mut version = 0;
            while !over.load(SeqCst) {
                let snapshot = subscription.snapshot();
                assert!(snapshot.version() >= version, "{} after {version}", snapshot.version());
                assert!(ports(&snapshot).contains(&1), "who stays is never away: {snapshot:?}");
                version = snapshot.version();
            }
        });
        for _ in 0..CHANGES / 2 {
            let passing = provider.register(&orders(), at(2)).unwrap();
            passing.wait_listed(PATIENCE).unwrap();
            passing.end(PATIENCE).unwrap();
        }
        let last = provider.register(&orders(), at(3)).unwrap();
        until(&subscription, "the last list", |it| ports(it) == [1, 3]);
        assert_eq!(registry.hub().len(), 2);
        drop(guard);
        reader.join().unwrap();
        drop(last);
    });
    drop(stays);
    wait_for("nobody is registered any more", || registry.hub().is_empty());
}
