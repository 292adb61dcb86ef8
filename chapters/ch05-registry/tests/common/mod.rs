//! What several of this chapter's tests share.
#![allow(dead_code)] // each test program uses its part

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use ch02_protocol::ClientOptions;
use ch03_codec::shop::Shop;
use ch04_proxy::orders::{OrderService, OrderServiceStub, order_service_skeleton};
use ch04_proxy::server::ServerBuilder;
use ch04_proxy::{Client, Server, ServiceKey};
use ch05_registry::registration::{Keeper, Progress, State};
use ch05_registry::subscription::{Publisher, subscription};
use ch05_registry::{Endpoint, Provider, Registration, Registry, RegistryError, Snapshot, Subscription};

/// How long a test waits for what must come. It only has to end; no test passes by being fast.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Free port, this machine.
pub fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

/// Where nobody listens: the first ports of a machine, which are given to nobody by chance. `number` from 1.
pub fn nobody_there(number: u16) -> SocketAddr {
    ([127, 0, 0, 1], number).into()
}

/// An address whose server is not there yet: every connection breaks, until the listener is taken for the server.
/// (A port that is given back, to be bound again later, may belong to somebody else by then.)
pub struct Away {
    address: SocketAddr,
    over: Arc<AtomicBool>,
    thread: JoinHandle<TcpListener>,
}

impl Away {
    pub fn new() -> Self {
        let (listener, over) = (listener(), Arc::new(AtomicBool::new(false)));
        let (address, is_over) = (listener.local_addr().unwrap(), Arc::clone(&over));
        let thread = thread::spawn(move || {
            while !is_over.load(SeqCst) {
                drop(listener.accept());
            }
            listener
        });
        Self { address, over, thread }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn end(self) -> TcpListener {
        self.over.store(true, SeqCst);
        drop(TcpStream::connect(self.address)); // wakes it
        self.thread.join().unwrap()
    }
}

/// A server that serves a shop of its own.
pub fn shop_server() -> ServerBuilder {
    Server::builder().service(order_service_skeleton(Arc::new(Shop::default())))
}

/// The service that a [`shop_server`] serves.
pub fn orders() -> ServiceKey {
    OrderServiceStub::key()
}

/// Whether a call to `address` is answered, over a connection of its own.
pub fn serves(address: SocketAddr) -> bool {
    let client = Client::new(address, ClientOptions::default());
    OrderServiceStub::new(Arc::new(client)).say_hello("you").is_ok()
}

pub fn at(port: u16) -> Endpoint {
    Endpoint::new(([127, 0, 0, 1], port).into())
}

pub fn provider(address: SocketAddr) -> Provider {
    Provider { endpoint: Arc::new(Endpoint::new(address)), since: Instant::now() }
}

pub fn addresses(snapshot: &Snapshot) -> Vec<SocketAddr> {
    snapshot.providers().iter().map(|provider| provider.endpoint.address()).collect()
}

/// Waits until a snapshot is as it should be.
#[track_caller]
pub fn until(subscription: &Subscription, what: &str, is: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
    let mut snapshot = Arc::clone(&subscription.snapshot());
    while !is(&snapshot) {
        let newer = subscription.wait_newer(snapshot.version(), PATIENCE);
        snapshot = newer.unwrap_or_else(|| {
            panic!("waited in vain: {what}; at last {snapshot:?}, {:?}", subscription.standing())
        });
    }
    snapshot
}

/// Says at its end that something is over; also when a test fails, or its other threads would go on for ever.
pub struct Over<'a>(pub &'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, SeqCst);
    }
}

/// Waits until something is so that nobody announces.
#[track_caller]
pub fn wait_for(what: &str, is: impl Fn() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < PATIENCE, "waited in vain: {what}");
        thread::sleep(Duration::from_millis(1)); // or this would take the core away from those it waits for
    }
}

/// A registry in this program that keeps a diary, tells its subscribers at once, and asks `on_end` before an
/// entry is taken out.
pub struct Diary {
    shared: Arc<Shared>,
}

struct Shared {
    notes: Mutex<Vec<String>>,
    list: Mutex<(Vec<Endpoint>, Vec<Publisher>)>,
    on_end: Box<dyn Fn(&Endpoint) -> String + Send + Sync>,
    limit: usize,
}

impl Diary {
    pub fn new() -> Self {
        Self::with(|endpoint| format!("{} ends", endpoint.address()), usize::MAX)
    }

    pub fn with(on_end: impl Fn(&Endpoint) -> String + Send + Sync + 'static, limit: usize) -> Self {
        let on_end = Box::new(on_end);
        Self { shared: Arc::new(Shared { notes: Mutex::default(), list: Mutex::default(), on_end, limit }) }
    }

    pub fn note(&self, text: impl Into<String>) {
        self.shared.notes.lock().unwrap().push(text.into());
    }

    pub fn notes(&self) -> Vec<String> {
        self.shared.notes.lock().unwrap().clone()
    }
}

impl Shared {
    /// Changes the list, and tells all.
    fn change(&self, change: impl FnOnce(&mut Vec<Endpoint>)) {
        let (list, publishers) = &mut *self.list.lock().unwrap();
        change(list);
        for publisher in publishers {
            publisher.publish(list.iter().map(|endpoint| provider(endpoint.address())).collect());
        }
    }
}

/// All services are one to it.
impl Registry for Diary {
    fn register(&self, service: &ServiceKey, endpoint: Endpoint) -> Result<Registration, RegistryError> {
        if self.shared.list.lock().unwrap().0.len() >= self.shared.limit {
            return Err(RegistryError::TooMany { what: "registrations", limit: self.shared.limit });
        }
        self.note(format!("{service} is registered: {endpoint}"));
        self.shared.change(|list| list.push(endpoint.clone()));
        let progress = Progress::default();
        progress.listed();
        let entry = Entry { shared: Arc::clone(&self.shared), endpoint, progress: progress.clone() };
        Ok(Registration::new(progress, Box::new(entry)))
    }

    fn subscribe(&self, service: &ServiceKey) -> Result<Subscription, RegistryError> {
        let (publisher, subscription) = subscription(service.clone());
        self.shared.list.lock().unwrap().1.push(publisher);
        self.shared.change(|_| ());
        Ok(subscription)
    }
}

struct Entry {
    shared: Arc<Shared>,
    endpoint: Endpoint,
    progress: Progress,
}

impl Keeper for Entry {
    fn end(&self) {
        if self.progress.state() == State::Ended {
            return; // it may come twice
        }
        let note = (self.shared.on_end)(&self.endpoint);
        self.shared.notes.lock().unwrap().push(note);
        self.shared.change(|list| list.retain(|endpoint| *endpoint != self.endpoint));
        self.progress.ended();
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}
