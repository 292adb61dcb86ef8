//! Calls by name: whoever is there, in turn; and what happens when somebody is not. [R-09] [R-10] [F-12]

mod common;

use std::io::Read as _;
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use ch01_raw_tcp::Outcome;
use ch02_protocol::{ClientOptions, ServerOptions};
use ch04_proxy::orders::{OrderService, OrderServiceStub};
use ch04_proxy::{CallError, Invocation, Reply, RpcError, Server, ServiceKey, Status};
use ch05_registry::embedded::{Embedded, EmbeddedRegistry, RegistryOptions};
use ch05_registry::named::MAX_ATTEMPTS;
use ch05_registry::registration::{Keeper, Progress, State};
use ch05_registry::subscription::{Publisher, subscription};
use ch05_registry::{
    ClientOptions as RegistryClientOptions, Endpoint, Named, PublishOptions, Published, Registration,
    Registry, RegistryClient, RegistryError, Subscription,
};
use common::{Away, Over, PATIENCE, addresses, listener, nobody_there, orders, provider, shop_server, until};

const TTL: Duration = Duration::from_secs(10);

fn registry_on(listener: TcpListener) -> EmbeddedRegistry {
    let options = RegistryOptions { settle: Duration::ZERO, ..RegistryOptions::default() };
    EmbeddedRegistry::start(listener, options).unwrap()
}

/// Another program's way to the registry at `address`.
fn client_of(address: SocketAddr) -> RegistryClient<Embedded> {
    RegistryClient::new(Embedded::new(address, TTL), RegistryClientOptions::default())
}

fn publish(registry: &dyn Registry) -> Published {
    let options = PublishOptions { linger: Duration::ZERO, patience: PATIENCE, ..PublishOptions::default() };
    Published::start(registry, shop_server(), listener(), options, |_| Ok(())).unwrap()
}

fn stub(named: Named) -> OrderServiceStub {
    OrderServiceStub::new(Arc::new(named))
}

fn by_name(registry: &dyn Registry) -> OrderServiceStub {
    stub(Named::new(registry.subscribe(&orders()).unwrap(), ClientOptions::default()))
}

/// A list that the test writes.
fn listed(addresses: &[SocketAddr]) -> (Publisher, Named) {
    let (mut publisher, subscription) = subscription(orders());
    publisher.publish(addresses.iter().copied().map(provider).collect());
    (publisher, Named::new(subscription, ClientOptions::default()))
}

#[test]
fn whoever_provides_it_is_called() {
    let registry = registry_on(listener());
    let provider = client_of(registry.address());
    let published = publish(&provider);
    published.registrations()[0].wait_listed(PATIENCE).unwrap();
    let stub = by_name(&client_of(registry.address()));
    assert_eq!(stub.say_hello("world").unwrap(), "Hello world");
    published.stop().unwrap();
}

/// Caller, provider, registry: all six orders in which they can be started.
#[test]
fn who_starts_first_does_not_matter() {
    #[derive(Clone, Copy, Debug)]
    enum Who {
        Caller,
        Provider,
        Registry,
    }
    use Who::{Caller as C, Provider as P, Registry as R};
    for order in [[C, P, R], [C, R, P], [P, C, R], [P, R, C], [R, C, P], [R, P, C]] {
        let away = Away::new();
        let (address, mut away) = (away.address(), Some(away));
        let (mut caller, mut provider, mut registry) = (None, None, None);
        for who in order {
            match who {
                Who::Caller => {
                    let client = client_of(address);
                    let subscription = client.subscribe(&orders()).unwrap();
                    caller = Some((client, subscription));
                }
                Who::Provider => {
                    let client = client_of(address);
                    let published = publish(&client);
                    provider = Some((client, published));
                }
                Who::Registry => registry = away.take().map(|away| registry_on(away.end())),
            }
        }
        let (_client, subscription) = caller.unwrap();
        until(&subscription, &format!("{order:?}: found"), |it| !it.providers().is_empty());
        let stub = stub(Named::new(subscription, ClientOptions::default()));
        assert_eq!(stub.say_hello("world").unwrap(), "Hello world", "{order:?}");
        drop((provider, registry));
    }
}

#[test]
fn the_first_call_waits_for_the_list() {
    let (mut publisher, subscription) = subscription(orders());
    let server = shop_server().start(listener()).unwrap();
    let named = Named::new(subscription, ClientOptions::default()).with_patience(PATIENCE);
    let call = thread::spawn(move || stub(named).say_hello("world"));
    publisher.publish(vec![provider(server.address())]);
    assert_eq!(call.join().unwrap().unwrap(), "Hello world");
}

fn refusal(result: Result<String, RpcError<ch04_proxy::orders::OrderError>>) -> String {
    let error = result.expect_err("nobody is there");
    assert_eq!(error.outcome(), Outcome::NeverRan, "{error}");
    match error {
        RpcError::Call(CallError::Refused { why }) => why,
        other => panic!("not refused, but {other:?}"),
    }
}

#[test]
fn nobody_and_nothing_known_are_two_answers_and_neither_has_run() {
    let (mut publisher, subscription) = subscription(orders());
    let named = Named::new(subscription, ClientOptions::default()).with_patience(Duration::from_millis(1));
    let stub = stub(named);
    assert_eq!(refusal(stub.say_hello("world")), "not known yet who provides OrderService");
    publisher.publish(vec![]);
    assert_eq!(refusal(stub.say_hello("world")), "nobody provides OrderService");
    // And it goes on: who comes is called.
    let server = shop_server().start(listener()).unwrap();
    publisher.publish(vec![provider(server.address())]);
    assert_eq!(stub.say_hello("world").unwrap(), "Hello world");
    publisher.publish(vec![]);
    assert_eq!(refusal(stub.say_hello("world")), "nobody provides OrderService");
}

#[test]
fn another_service_is_not_called_by_this_way() {
    let (mut publisher, subscription) = subscription(ServiceKey::parse("Other").unwrap());
    publisher.publish(vec![provider(nobody_there(1))]);
    let stub = stub(Named::new(subscription, ClientOptions::default()));
    assert_eq!(refusal(stub.say_hello("world")), "OrderService is called by the way to Other");
}

/// Counts calls, and answers with `status`.
fn answers(status: Status) -> (Server, Arc<AtomicUsize>) {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let invoker = move |_: &Invocation| -> Result<Reply, CallError> {
        counted.fetch_add(1, SeqCst);
        Ok(Reply::new(status, "so it is"))
    };
    (Server::start(listener(), Arc::new(invoker), ServerOptions::default()).unwrap(), calls)
}

#[test]
fn they_are_taken_in_turn() {
    let servers = [(); 3].map(|()| answers(Status::NOT_FOUND));
    let (_publisher, named) = listed(&servers.each_ref().map(|(server, _)| server.address()));
    let stub = stub(named);
    for _ in 0..30 {
        stub.say_hello("world").expect_err("no such method there");
    }
    assert_eq!(servers.map(|(_, calls)| calls.load(SeqCst)), [10; 3]);
}

#[test]
fn who_is_dead_is_skipped_when_the_call_never_ran() {
    let alive = shop_server().start(listener()).unwrap();
    for dead in 1..MAX_ATTEMPTS {
        let mut addresses = vec![alive.address()];
        addresses.extend((1..=dead).map(|number| nobody_there(number as u16)));
        let (_publisher, named) = listed(&addresses);
        let stub = stub(named);
        for _ in 0..10 {
            assert_eq!(stub.say_hello("world").unwrap(), "Hello world", "{dead} of {} are dead", dead + 1);
        }
    }
    // A server that says that it has no time is another reason to ask the next.
    let (busy, asked) = answers(Status::BUSY);
    let (_publisher, named) = listed(&[busy.address(), alive.address()]);
    let stub = stub(named);
    for _ in 0..10 {
        assert_eq!(stub.say_hello("world").unwrap(), "Hello world");
    }
    assert_eq!(asked.load(SeqCst), 5, "it was its turn every other time");
}

#[test]
fn one_call_tries_so_many_and_no_more() {
    let servers: Vec<_> = (0..5).map(|_| answers(Status::BUSY)).collect();
    let addresses: Vec<_> = servers.iter().map(|(server, _)| server.address()).collect();
    let asked = || servers.iter().map(|(_, calls)| calls.load(SeqCst)).sum::<usize>();
    let (_publisher, named) = listed(&addresses);
    let stub_of_five = stub(named);
    for calls in 1..=5 {
        let error = stub_of_five.say_hello("world").expect_err("all are busy");
        assert_eq!(error.outcome(), Outcome::NeverRan);
        assert_eq!(asked(), calls * MAX_ATTEMPTS);
    }
    // Nobody is asked twice for one call.
    let before = asked();
    let (_publisher, named) = listed(&addresses[..2]);
    stub(named).say_hello("world").expect_err("both are busy");
    assert_eq!(asked(), before + 2);
}

/// Takes a call, and closes the connection in place of an answer.
fn dies_on_every_call() -> (SocketAddr, Arc<AtomicUsize>) {
    let (listener, calls) = (listener(), Arc::new(AtomicUsize::new(0)));
    let (address, counted) = (listener.local_addr().unwrap(), Arc::clone(&calls));
    // Ends with the test program.
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            if stream.read(&mut [0; 4096]).is_ok_and(|length| length > 0) {
                counted.fetch_add(1, SeqCst);
            }
        }
    });
    (address, calls)
}

#[test]
fn what_may_have_run_is_not_repeated() {
    let (one, two) = (dies_on_every_call(), dies_on_every_call());
    let (_publisher, named) = listed(&[one.0, two.0]);
    let stub = stub(named);
    for calls in 1..=4 {
        let error = stub.say_hello("world").expect_err("the connection breaks");
        assert_eq!(error.outcome(), Outcome::MayHaveRun, "{error}");
        assert_eq!(one.1.load(SeqCst) + two.1.load(SeqCst), calls, "each call was made once");
    }
    // Nor what ran and failed.
    let servers = [answers(Status::INTERNAL), answers(Status::INTERNAL)];
    let (_publisher, named) = listed(&servers.each_ref().map(|(server, _)| server.address()));
    self::stub(named).say_hello("world").expect_err("it panicked, or so it says");
    assert_eq!(servers.map(|(_, calls)| calls.load(SeqCst)).iter().sum::<usize>(), 1);
}

/// Who stays in the list keeps its connection.
#[test]
fn a_new_list_costs_no_connection() {
    let counted = Arc::new(AtomicUsize::new(0));
    let staying = shop_server().start(listener()).unwrap();
    let relay = relay(staying.address(), Arc::clone(&counted));
    let (mut publisher, named) = listed(&[relay]);
    let stub = stub(named);
    let coming = shop_server().start(listener()).unwrap();
    for round in 0..20 {
        let coming = (round % 2 == 0).then_some(coming.address());
        publisher.publish([relay].into_iter().chain(coming).map(provider).collect());
        for _ in 0..4 {
            stub.say_hello("world").unwrap();
        }
    }
    assert_eq!(counted.load(SeqCst), 1, "connections to the one who stayed");
}

/// Passes connections on, and counts them.
fn relay(to: SocketAddr, connections: Arc<AtomicUsize>) -> SocketAddr {
    let listener = listener();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for near in listener.incoming().map_while(Result::ok) {
            connections.fetch_add(1, SeqCst);
            let far = std::net::TcpStream::connect(to).unwrap();
            for (mut from, mut into) in [(near.try_clone().unwrap(), far.try_clone().unwrap()), (far, near)] {
                thread::spawn(move || {
                    let _ = std::io::copy(&mut from, &mut into);
                    let _ = into.shutdown(std::net::Shutdown::Write);
                });
            }
        }
    });
    address
}

/// A caller that calls all the time.
struct Caller {
    subscription: Subscription,
    calls: Mutex<Calls>,
    /// A call has ended.
    ended: Condvar,
}

#[derive(Default)]
struct Calls {
    made: u64,
    failed: Vec<String>,
    /// No more are made.
    over: bool,
}

impl Caller {
    fn call(&self, stop: &AtomicBool) {
        let stub = stub(Named::new(self.subscription.clone(), ClientOptions::default()));
        loop {
            let failed = stub.say_hello("world").err();
            let mut calls = self.calls.lock().unwrap();
            calls.made += 1;
            calls.failed.extend(failed.map(|error| error.to_string()));
            calls.over = stop.load(SeqCst);
            self.ended.notify_all();
            if calls.over {
                return;
            }
        }
    }

    /// Waits until it knows that `address` is gone, and the call that it was about to make has ended.
    fn has_let_go_of(&self, address: SocketAddr) {
        until(&self.subscription, "the caller has heard of it", |it| !addresses(it).contains(&address));
        let calls = self.calls.lock().unwrap();
        let before = calls.made;
        let ended = |calls: &mut Calls| !calls.over && calls.made == before;
        let (calls, waited) = self.ended.wait_timeout_while(calls, PATIENCE, ended).unwrap();
        drop(calls);
        assert!(!waited.timed_out(), "the caller has stopped to call");
    }
}

/// The registry as a provider sees it that waits for its callers: an entry is out when it is out of the list
/// and nobody uses it any more. `linger` stands for that in a program, which cannot ask its callers; a test can,
/// so that it depends on no time.
struct Considerate {
    client: Arc<RegistryClient<Embedded>>,
    callers: Arc<[Caller]>,
}

struct ConsiderateEntry {
    registration: Mutex<Option<Registration>>,
    address: SocketAddr,
    callers: Arc<[Caller]>,
    progress: Progress,
}

impl Registry for Considerate {
    fn register(&self, service: &ServiceKey, endpoint: Endpoint) -> Result<Registration, RegistryError> {
        let (address, callers, progress) =
            (endpoint.address(), Arc::clone(&self.callers), Progress::default());
        let registration = self.client.register(service, endpoint)?;
        registration.wait_listed(PATIENCE)?;
        progress.listed();
        let registration = Mutex::new(Some(registration));
        let entry = ConsiderateEntry { registration, address, callers, progress: progress.clone() };
        Ok(Registration::new(progress, Box::new(entry)))
    }

    fn subscribe(&self, service: &ServiceKey) -> Result<Subscription, RegistryError> {
        self.client.subscribe(service)
    }
}

impl Keeper for ConsiderateEntry {
    /// (It waits, which a keeper should not: here nobody has to be spared.)
    fn end(&self) {
        let Some(registration) = self.registration.lock().unwrap().take() else { return };
        registration.end(PATIENCE).unwrap();
        self.callers.iter().for_each(|caller| caller.has_let_go_of(self.address));
        self.progress.ended();
    }
}

impl std::fmt::Debug for ConsiderateEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConsiderateEntry").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Three providers, each replaced by a new one twice, under load.
#[test]
fn a_rolling_restart_costs_no_call() {
    let registry = registry_on(listener());
    let programs: Vec<_> = (0..3).map(|_| client_of(registry.address())).collect();
    let callers: Arc<[Caller]> = programs
        .iter()
        .map(|program| Caller {
            subscription: program.subscribe(&orders()).unwrap(),
            calls: Mutex::default(),
            ended: Condvar::new(),
        })
        .collect();
    let start = || {
        let (client, callers) = (Arc::new(client_of(registry.address())), Arc::clone(&callers));
        publish(&Considerate { client, callers })
    };
    let all_know = |address| {
        for caller in &*callers {
            until(&caller.subscription, "a new one is found", |it| addresses(it).contains(&address));
        }
    };
    let mut running: Vec<_> = (0..3).map(|_| start()).collect();
    running.iter().for_each(|published| all_know(published.address()));
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let _over = Over(&stop);
        for caller in &*callers {
            scope.spawn(|| caller.call(&stop));
        }
        for turn in 0..6 {
            let new = start();
            all_know(new.address());
            let old = std::mem::replace(&mut running[turn % 3], new);
            assert_eq!(old.registrations()[0].state(), State::Listed);
            old.stop().unwrap();
        }
    });
    drop(running);
    for caller in &*callers {
        let calls = caller.calls.lock().unwrap();
        assert_eq!(calls.failed, [""; 0], "of {} calls", calls.made);
        assert!(calls.made >= 6, "it called all the time");
    }
}
