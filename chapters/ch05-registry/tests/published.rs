//! A server is published in the right order: nobody calls what is not ready, or not there any more. [G-28]

mod common;

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use ch01_raw_tcp::Outcome;
use ch02_protocol::ClientOptions;
use ch04_proxy::orders::{OrderService, OrderServiceStub};
use ch04_proxy::{Invocation, Invoker, Server, ServiceKey, service};
use ch05_registry::published::PublishError;
use ch05_registry::registration::{Keeper, Progress, State};
use ch05_registry::{
    Endpoint, Named, PublishOptions, Published, Registration, Registry, RegistryError, Subscription,
};
use common::{Diary, Over, PATIENCE, listener, orders, serves, shop_server, wait_for};

/// Nobody has to be waited for here.
fn options() -> PublishOptions {
    PublishOptions { linger: Duration::ZERO, patience: PATIENCE, ..PublishOptions::default() }
}

#[test]
fn registration_comes_last() {
    let registry = Diary::new();
    let published = Published::start(&registry, shop_server(), listener(), options(), |address| {
        assert!(serves(address), "what checks itself can call itself");
        registry.note("checked");
        Ok(())
    })
    .unwrap();
    let address = published.address();
    assert_eq!(registry.notes(), ["checked".into(), format!("OrderService is registered: {address}")]);
    assert_eq!(published.registrations().len(), 1);
}

#[test]
fn who_fails_its_own_check_is_never_listed() {
    let registry = Diary::new();
    let (sender, receiver) = channel();
    let result = Published::start(&registry, shop_server(), listener(), options(), |address| {
        sender.send(address).unwrap();
        Err("no route to the warehouse".into())
    });
    let error = result.expect_err("it is not ready");
    assert!(matches!(&error, PublishError::NotReady { why } if why == "no route to the warehouse"));
    assert_eq!(error.to_string(), "not ready: no route to the warehouse");
    assert_eq!(registry.notes(), [""; 0]);
    assert!(TcpStream::connect(receiver.recv().unwrap()).is_err(), "and it has stopped");
}

/// A caller is there first, and calls all the time. Whatever reaches the server before its ready point is
/// counted by the server.
#[test]
fn no_call_arrives_before_the_ready_point() {
    let registry = Diary::new();
    let (ready, early) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let (is_ready, too_early) = (Arc::clone(&ready), Arc::clone(&early));
    let watchman = move |invocation: &Invocation, next: &dyn Invoker| {
        too_early.fetch_add(u64::from(!is_ready.load(SeqCst)), SeqCst);
        next.invoke(invocation)
    };
    let stub = OrderServiceStub::new(Arc::new(Named::new(
        registry.subscribe(&orders()).unwrap(),
        ClientOptions::default(),
    )));
    let (in_vain, over) = (AtomicU64::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        let guard = Over(&over);
        let caller = scope.spawn(|| {
            while let Err(error) = stub.say_hello("you") {
                assert_eq!(error.outcome(), Outcome::NeverRan, "{error}");
                assert!(!over.load(SeqCst), "nobody could be called until the end");
                in_vain.fetch_add(1, SeqCst);
            }
        });
        let builder = shop_server().filter(watchman);
        let published = Published::start(&registry, builder, listener(), options(), |_| {
            let before = in_vain.load(SeqCst);
            wait_for("100 calls while the server serves, and is not ready", || {
                in_vain.load(SeqCst) >= before + 100 || caller.is_finished()
            });
            ready.store(true, SeqCst);
            Ok(())
        })
        .unwrap();
        caller.join().unwrap();
        drop((published, guard));
    });
    assert_eq!(early.load(SeqCst), 0, "calls before the ready point");
}

/// What a server says at the moment at which its entry is taken out.
fn diary_that_calls() -> Diary {
    let still = |endpoint: &Endpoint| match serves(endpoint.address()) {
        true => "ends, and it still serves".to_owned(),
        false => "ends, and it has stopped".to_owned(),
    };
    Diary::with(still, usize::MAX)
}

#[test]
fn it_is_taken_out_before_it_stops() {
    for stop in [|published: Published| published.stop().unwrap(), drop::<Published>] {
        let registry = diary_that_calls();
        let published =
            Published::start(&registry, shop_server(), listener(), options(), |_| Ok(())).unwrap();
        let address = published.address();
        stop(published);
        assert_eq!(registry.notes()[1..], ["ends, and it still serves"]);
        assert!(TcpStream::connect(address).is_err(), "then it stops");
    }
}

/// A registry that says when an entry is out only when it is told to.
struct Slow {
    ends: Mutex<Sender<Progress>>,
}

#[derive(Debug)]
struct SlowEntry(Progress, Mutex<Sender<Progress>>);

impl Registry for Slow {
    fn register(&self, _: &ServiceKey, _: Endpoint) -> Result<Registration, RegistryError> {
        let progress = Progress::default();
        progress.listed();
        let entry = SlowEntry(progress.clone(), Mutex::new(self.ends.lock().unwrap().clone()));
        Ok(Registration::new(progress, Box::new(entry)))
    }

    fn subscribe(&self, _: &ServiceKey) -> Result<Subscription, RegistryError> {
        Err(RegistryError::TooMany { what: "subscriptions", limit: 0 })
    }
}

impl Keeper for SlowEntry {
    fn end(&self) {
        self.1.lock().unwrap().send(self.0.clone()).unwrap();
    }
}

#[test]
fn it_serves_until_it_is_out_of_the_list() {
    let (sender, ends) = channel();
    let registry = Slow { ends: Mutex::new(sender) };
    let published = Published::start(&registry, shop_server(), listener(), options(), |_| Ok(())).unwrap();
    let address = published.address();
    let stopping = thread::spawn(move || published.stop());
    let progress = ends.recv_timeout(PATIENCE).expect("it is taken out first");
    assert_eq!(progress.state(), State::Listed);
    for _ in 0..20 {
        assert!(serves(address), "callers may still find it in the list");
    }
    progress.ended();
    stopping.join().unwrap().unwrap();
    assert!(TcpStream::connect(address).is_err());
}

/// A registry that is away keeps nobody from stopping.
#[test]
fn a_registry_that_does_not_answer_costs_some_patience() {
    let (sender, ends) = channel();
    let registry = Slow { ends: Mutex::new(sender) };
    let options = PublishOptions { patience: Duration::from_millis(1), ..options() };
    let published = Published::start(&registry, shop_server(), listener(), options, |_| Ok(())).unwrap();
    published.stop().unwrap();
    assert_eq!(ends.recv().unwrap().state(), State::Listed, "its lease will end it");
}

#[test]
fn what_is_advertised_is_what_is_listed() {
    let registry = Diary::new();
    let advertise: SocketAddr = "192.0.2.7:9000".parse().unwrap();
    let labels = vec![("zone".to_owned(), "a".to_owned()), ("weight".to_owned(), "2".to_owned())];
    let options = PublishOptions { advertise: Some(advertise), labels, ..options() };
    // Everywhere, behind a NAT.
    let everywhere = TcpListener::bind("0.0.0.0:0").unwrap();
    let port = everywhere.local_addr().unwrap().port();
    let published = Published::start(&registry, shop_server(), everywhere, options, |address| {
        assert_eq!(address.port(), port, "it checks itself where it listens");
        Ok(())
    })
    .unwrap();
    assert_eq!(registry.notes(), ["OrderService is registered: 192.0.2.7:9000 weight=2, zone=a"]);
    assert_eq!(published.address().port(), port);
}

#[test]
fn an_address_that_nobody_can_call_is_refused() {
    let registry = Diary::new();
    let start = |listener, options| {
        let result = Published::start(&registry, shop_server(), listener, options, |_| Ok(()));
        result.expect_err("nobody can call it").to_string()
    };
    let text = start(TcpListener::bind("0.0.0.0:0").unwrap(), options());
    assert!(text.starts_with("nobody can call 0.0.0.0:"), "{text}");
    let advertise = Some("[::]:80".parse().unwrap());
    let text = start(listener(), PublishOptions { advertise, ..options() });
    assert!(text.starts_with("nobody can call [::]:80"), "{text}");
    let labels = vec![("interface".to_owned(), "x".to_owned())];
    let text = start(listener(), PublishOptions { labels, ..options() });
    assert_eq!(text, "a label cannot be named \"interface\"");
    assert_eq!(registry.notes(), [""; 0]);
}

#[service]
trait Greeter {
    type Error;
    fn greet(&self) -> Result<String, Self::Error>;
}

struct Polite;

impl Greeter for Polite {
    type Error = ch04_proxy::NoError;
    fn greet(&self) -> Result<String, Self::Error> {
        Ok("good day".into())
    }
}

/// All of its services, or none.
#[test]
fn two_services_are_two_entries_and_half_of_them_are_none() {
    let both = || shop_server().service(greeter_skeleton(Arc::new(Polite)));
    let registry = Diary::new();
    let published = Published::start(&registry, both(), listener(), options(), |_| Ok(())).unwrap();
    assert_eq!(published.registrations().len(), 2);
    assert_eq!(registry.notes().len(), 2);
    drop(published);

    let registry = Diary::with(|_| "taken back".into(), 1);
    let result = Published::start(&registry, both(), listener(), options(), |_| Ok(()));
    assert!(matches!(result, Err(PublishError::Registry(RegistryError::TooMany { limit: 1, .. }))));
    assert_eq!(registry.notes()[1..], ["taken back"]);
}

/// Two services with one key: said before anything is listed.
#[test]
fn a_server_that_cannot_serve_is_not_listed() {
    let registry = Diary::new();
    let twice = Server::builder()
        .service(greeter_skeleton(Arc::new(Polite)))
        .service(greeter_skeleton(Arc::new(Polite)));
    let result = Published::start(&registry, twice, listener(), options(), |_| Ok(()));
    assert!(matches!(result, Err(PublishError::Serve(_))));
    assert_eq!(registry.notes(), [""; 0]);
}
