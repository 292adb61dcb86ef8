//! Strangers: who ask a registry for things that nobody means, and registries that nobody would run.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use ch02_protocol::ClientOptions as CallOptions;
use ch04_proxy::{Client, Invocation, Invoker, Proxy, RpcError, Server, Status};
use ch05_registry::backoff;
use ch05_registry::embedded::service::{
    Answer, Overview, RegistryService, RegistryServiceStub, registry_service_skeleton,
};
use ch05_registry::embedded::{Embedded, EmbeddedRegistry, RegistryOptions};
use ch05_registry::table::{Listed, MAX_ID, Refusal, Seen, Update};
use ch05_registry::{ClientOptions, Endpoint, Registry, RegistryClient, Standing, Subscription};
use common::{PATIENCE, at, listener, orders, until, wait_for};
use fastrand::Rng;
use serde_json::json;

const TTL_MS: u64 = 60_000;

fn registry(max_waiting: usize) -> EmbeddedRegistry {
    let options = RegistryOptions { max_waiting, settle: Duration::ZERO, ..RegistryOptions::default() };
    EmbeddedRegistry::start(listener(), options).unwrap()
}

fn invoker(address: SocketAddr) -> Arc<dyn Invoker> {
    Arc::new(Client::new(address, CallOptions { call_timeout: PATIENCE, ..CallOptions::default() }))
}

fn stub(address: SocketAddr) -> RegistryServiceStub {
    RegistryServiceStub::new(invoker(address))
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, RpcError<Refusal>>) -> String {
    match result.expect_err("it must be refused") {
        RpcError::Service(refusal) => {
            let text = refusal.to_string();
            assert!(text.len() < 1024 && !text.contains(char::is_control), "one short line: {text:?}");
            text
        }
        other => panic!("not refused in its own words: {other:?}"),
    }
}

#[test]
fn names_ids_and_leases_are_bounded() {
    let registry = registry(8);
    let stub = stub(registry.address());
    let register = |service: &str, id: &str, ttl| stub.register(service, id, &at(1), ttl);
    let (part, long) = ("x".repeat(128), "x".repeat(129));
    for bad in
        ["", "a b", "a/b/c", "a:1:2", "/S", "S:", "S\n", "北", "S\u{1b}[2J", &long, &format!("g/{long}")]
    {
        refused(register(bad, "a", TTL_MS));
        refused(stub.watch(bad, Seen::default(), 0));
    }
    for id in ["", &"x".repeat(MAX_ID + 1), &"x".repeat(1 << 20)] {
        assert_eq!(refused(register("S", id, TTL_MS)), "the id of a registration has 1 to 64 bytes");
    }
    for ttl in [0, 99, 60_001, u64::MAX] {
        let text = refused(register("S", "a", ttl));
        assert_eq!(text, format!("a lease of {ttl} ms: at least 100, at most 60000 are possible"));
    }
    assert!(registry.hub().is_empty(), "what is refused leaves nothing");
    // At the limits it is taken.
    register(&format!("{part}/{part}:{part}"), &"i".repeat(MAX_ID), 60_000).unwrap();
    register("S", "a", 100).unwrap();
    // Unknown ids are no error.
    assert!(!stub.renew("nobody").unwrap() && !stub.deregister(&"x".repeat(1 << 20)).unwrap());
    assert!(stub.services("\u{10ffff}").unwrap().is_empty());
}

/// An endpoint as a stranger writes it, who does not ask our constructor.
#[derive(serde::Serialize)]
struct AnyEndpoint {
    address: SocketAddr,
    labels: BTreeMap<String, String>,
}

#[derive(serde::Serialize)]
struct AnyRegister<'a> {
    service: &'a str,
    id: &'a str,
    endpoint: AnyEndpoint,
    ttl_ms: u64,
}

#[test]
fn labels_are_bounded_whoever_writes_them() {
    let registry = registry(8);
    let proxy = Proxy::new(RegistryServiceStub::key(), invoker(registry.address()));
    let register = |id, labels: Vec<(String, String)>| {
        let address = SocketAddr::from(([127, 0, 0, 1], 1));
        let endpoint = AnyEndpoint { address, labels: labels.into_iter().collect() };
        let arguments = AnyRegister { service: "S", id, endpoint, ttl_ms: TTL_MS };
        proxy.call::<_, (), Refusal>("register", &arguments)
    };
    let many = |count: usize| (0..count).map(|n| (n.to_string(), String::new())).collect::<Vec<_>>();
    let long = |bytes: usize| vec![("a".to_owned(), "x".repeat(bytes - 1))];
    register("many", many(32)).unwrap();
    register("long", long(2048)).unwrap();
    let named = |name: &str| vec![(name.to_owned(), "x".to_owned())];
    let bad =
        [many(33), many(3000), long(2049), long(1 << 20), named(""), named("group"), named("interface")];
    for labels in bad {
        let error = register("bad", labels).expect_err("beyond the bounds");
        assert!(error.to_string().len() < 1024, "{error}");
        assert!(error.status() != Some(Status::INTERNAL), "{error}");
    }
    assert_eq!(registry.hub().len(), 2);
}

#[test]
fn a_watch_may_ask_for_anything() {
    let registry = registry(8);
    let stub = stub(registry.address());
    let Answer::News(empty) = stub.watch("S", Seen::default(), u64::MAX).unwrap() else {
        panic!("who has seen nothing gets the list at once")
    };
    assert!(empty.whole && empty.put.is_empty());
    stub.register("S", "a", &at(1), TTL_MS).unwrap();
    let Answer::News(one) = stub.watch("S", empty.seen, u64::MAX).unwrap() else { panic!("one came") };
    // Who claims to have seen more than there was waits for what comes after it; another life's knowledge is
    // worth nothing.
    let ahead = Seen { revision: u64::MAX, ..one.seen };
    assert_eq!(stub.watch("S", ahead, 0).unwrap(), Answer::Nothing);
    for seen in [
        Seen { incarnation: one.seen.incarnation.wrapping_add(1), ..one.seen },
        Seen { incarnation: 0, revision: u64::MAX },
    ] {
        let Answer::News(all) = stub.watch("S", seen, u64::MAX).unwrap() else { panic!("not its own life") };
        assert!(all.whole && all.put.len() == 1 && all.seen == one.seen);
    }
    // Someone who waits for ever is woken by a change all the same.
    thread::scope(|scope| {
        let waits = scope.spawn(|| stub.watch("S", one.seen, u64::MAX));
        wait_for("it waits", || registry.hub().waiting() == 1);
        stub.deregister("a").unwrap();
        let Answer::News(update) = waits.join().unwrap().unwrap() else { panic!("woken for news") };
        assert_eq!(update.gone, ["a"]);
    });
}

#[test]
fn who_may_not_wait_is_told_so_and_nobody_stands_in_line_behind_those_who_do() {
    let registry = registry(2);
    let stub = stub(registry.address());
    let Answer::News(empty) = stub.watch("S", Seen::default(), 0).unwrap() else { panic!("the empty list") };
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| stub.watch("S", empty.seen, u64::MAX).unwrap());
        }
        wait_for("both wait", || registry.hub().waiting() == 2);
        for _ in 0..100 {
            assert!(matches!(stub.watch("S", empty.seen, u64::MAX).unwrap(), Answer::Busy { after_ms: 1.. }));
        }
        // Renewals go on, and news comes to everybody who asks.
        stub.register("T", "a", &at(1), TTL_MS).unwrap();
        assert!(stub.renew("a").unwrap());
        stub.register("S", "b", &at(1), TTL_MS).unwrap();
    });
    // A follower that was sent away has the news a little later.
    let client = client_of(registry.address());
    let subscriptions = ["S", "T", "U", "V"]
        .map(|service| client.subscribe(&ch04_proxy::ServiceKey::parse(service).unwrap()).unwrap());
    for subscription in &subscriptions {
        until(subscription, "the list is known", |it| it.version() > 0);
    }
    for (service, subscription) in ["S", "T", "U", "V"].into_iter().zip(&subscriptions) {
        stub.register(service, &format!("new {service}"), &at(9), TTL_MS).unwrap();
        until(subscription, "the news came", |it| !it.providers().is_empty());
    }
}

/// What a stranger sends to the port: nothing of it stops the registry.
#[test]
fn bytes_that_are_no_frames_cost_their_sender_the_connection() {
    let registry = registry(8);
    for seed in 0..50 {
        let mut rng = Rng::with_seed(seed);
        let mut stream = TcpStream::connect(registry.address()).unwrap();
        let bytes: Vec<u8> = (0..rng.usize(1..4096)).map(|_| rng.u8(..)).collect();
        // It may close before it has read everything.
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let _ = stream.read_to_end(&mut Vec::new());
    }
    stub(registry.address()).register("S", "a", &at(1), TTL_MS).unwrap();
}

/// Calls in sound frames whose arguments were damaged: answered in some words, never by a panic.
#[test]
fn damaged_arguments_are_answered() {
    let registry = registry(8);
    let invoker = registry.invoker();
    let recorded = record_calls();
    registry.hub().close(); // so that no watch waits
    let mut statuses = BTreeMap::<u16, usize>::new();
    for seed in 0..5000 {
        let mut rng = Rng::with_seed(seed);
        let mut invocation = recorded[rng.usize(..recorded.len())].clone();
        let mut bytes = invocation.arguments.bytes.to_vec();
        match rng.u8(..4) {
            0 => bytes.truncate(rng.usize(..=bytes.len())),
            1 => bytes.extend((0..rng.usize(..32)).map(|_| rng.u8(..))),
            _ => {}
        }
        for _ in 0..rng.usize(..4) {
            if !bytes.is_empty() {
                let place = rng.usize(..bytes.len());
                bytes[place] = rng.u8(..);
            }
        }
        invocation.arguments.bytes = bytes.into();
        let reply = invoker.invoke(&invocation).expect("an answer");
        let known = [Status::OK, Status::SERVICE_ERROR, Status::BAD_ARGUMENTS];
        assert!(known.contains(&reply.status), "seed {seed}: {} {:?}", reply.status, reply.body);
        assert!(reply.body.len() < 1 << 16, "seed {seed}: {} bytes of answer", reply.body.len());
        *statuses.entry(reply.status.0).or_default() += 1;
    }
    assert!(statuses.len() >= 3, "all kinds of answers: {statuses:?}");
}

/// One call of each method, as a stub sends it.
fn record_calls() -> Vec<Invocation> {
    let recorded = Arc::new(Mutex::new(Vec::new()));
    let tape = Arc::clone(&recorded);
    let recorder = move |invocation: &Invocation| {
        tape.lock().unwrap().push(invocation.clone());
        Err(ch04_proxy::CallError::Refused { why: "only recorded".into() })
    };
    let stub = RegistryServiceStub::new(Arc::new(recorder));
    let endpoint = at(1).with("zone", "a").unwrap();
    let _ = stub.register("S", "a", &endpoint, TTL_MS);
    let _ = stub.renew("a");
    let _ = stub.deregister("a");
    let _ = stub.watch("S", Seen::default(), 1000);
    let _ = stub.services("");
    std::mem::take(&mut *recorded.lock().unwrap())
}

fn client_of(address: SocketAddr) -> RegistryClient<Embedded> {
    RegistryClient::new(Embedded::new(address, Duration::from_secs(10)), ClientOptions::default())
}

/// What a stranger's registry answers to a watch.
type Script = Arc<Mutex<Box<dyn Fn(Seen) -> Result<Answer, Refusal> + Send>>>;

/// A registry that answers watches as it is told, and counts them.
struct Stranger {
    script: Script,
    asked: Arc<AtomicUsize>,
}

impl RegistryService for Stranger {
    type Error = Refusal;

    fn register(&self, _: &str, _: &str, _: &Endpoint, _: u64) -> Result<(), Refusal> {
        self.asked.fetch_add(1, SeqCst);
        Err(Refusal::Bad { why: "go away\u{1b}[2J".into() })
    }
    fn renew(&self, _: &str) -> Result<bool, Refusal> {
        Ok(false)
    }
    fn deregister(&self, _: &str) -> Result<bool, Refusal> {
        Ok(false)
    }
    fn watch(&self, _: &str, seen: Seen, _: u64) -> Result<Answer, Refusal> {
        self.asked.fetch_add(1, SeqCst);
        (self.script.lock().unwrap())(seen)
    }
    fn services(&self, _: &str) -> Result<Vec<Overview>, Refusal> {
        Ok(vec![])
    }
}

/// The stranger's server, its script, and how often it was asked.
struct Strange {
    server: Server,
    script: Script,
    asked: Arc<AtomicUsize>,
}

/// The list that a stranger begins with: sound, with one provider.
fn sound(seen: Seen) -> Result<Answer, Refusal> {
    let update = Update {
        seen: Seen { incarnation: 1, revision: 1 },
        whole: true,
        put: vec![row("a", 1)],
        gone: vec![],
        settles_in_ms: 0,
    };
    match seen.revision {
        0 => Ok(Answer::News(update)),
        _ => {
            thread::sleep(Duration::from_millis(20)); // as a registry that waits for news
            Ok(Answer::Nothing)
        }
    }
}

fn row(id: &str, port: u16) -> Listed {
    Listed { id: id.into(), order: 1, endpoint: at(port), age_ms: 0 }
}

impl Strange {
    fn new() -> Self {
        let script: Script = Arc::new(Mutex::new(Box::new(sound)));
        let asked = Arc::new(AtomicUsize::new(0));
        let stranger = Stranger { script: Arc::clone(&script), asked: Arc::clone(&asked) };
        let server = Server::builder().service(registry_service_skeleton(Arc::new(stranger)));
        Self { server: server.start(listener()).unwrap(), script, asked }
    }

    /// A follower that has the sound list.
    fn followed(&self) -> (RegistryClient<Embedded>, Subscription) {
        let client = client_of(self.server.address());
        let subscription = client.subscribe(&orders()).unwrap();
        until(&subscription, "the sound list", |it| it.providers().len() == 1);
        (client, subscription)
    }

    /// From now on it answers so. The follower must not ask more often than once in `pace`, counted until it
    /// has asked `times` times: a bound that a slow machine keeps all the better.
    fn answers(
        &self,
        times: usize,
        least: Duration,
        script: impl Fn(Seen) -> Result<Answer, Refusal> + Send + 'static,
    ) {
        *self.script.lock().unwrap() = Box::new(script);
        let (begun, before) = (Instant::now(), self.asked.load(SeqCst));
        wait_for("it asks again", || self.asked.load(SeqCst) >= before + times);
        let took = begun.elapsed();
        assert!(took >= least, "{times} questions in {took:?}: a core is kept busy by a stranger");
    }
}

/// The least time in which so many attempts in a row can fail: each waits at least half of its time.
fn backed_off(attempts: usize) -> Duration {
    // The first question of the new kind may have been on its way.
    (0..attempts as u32 - 2).map(|n| (backoff::FIRST * 2u32.pow(n)).min(backoff::LONGEST) / 2).sum()
}

#[track_caller]
fn keeps_its_list(subscription: &Subscription) {
    assert_eq!(subscription.snapshot().providers().len(), 1, "{:?}", subscription.snapshot());
}

#[test]
fn a_registry_that_always_refuses_is_asked_ever_less_often() {
    let strange = Strange::new();
    let (_client, subscription) = strange.followed();
    let refuse = |_| Err(Refusal::Bad { why: "go away\u{1b}[2J".into() });
    strange.answers(5, backed_off(5), refuse);
    keeps_its_list(&subscription);
    let standing = subscription.wait_standing(PATIENCE, |it| matches!(it, Standing::Stale { .. }));
    let Some(Standing::Stale { why, .. }) = standing else { panic!("{:?}", subscription.standing()) };
    assert!(why.contains("go away") && !why.contains(char::is_control), "{why:?}");
    // And believed again when it has come to its senses.
    *strange.script.lock().unwrap() = Box::new(sound);
    subscription.wait_standing(PATIENCE, |it| *it == Standing::Following).expect("it follows again");
    keeps_its_list(&subscription);
}

#[test]
fn a_registry_that_never_waits_does_not_set_the_pace() {
    let strange = Strange::new();
    let (_client, subscription) = strange.followed();
    strange.answers(6, Duration::from_millis(150), |_| Ok(Answer::Nothing));
    strange.answers(6, Duration::from_millis(150), |_| Ok(Answer::Busy { after_ms: 0 }));
    keeps_its_list(&subscription);
}

#[test]
fn a_list_too_long_to_be_true_is_not_taken() {
    let strange = Strange::new();
    let (_client, subscription) = strange.followed();
    // Short on the wire only: more than a message may hold.
    let labels = "x".repeat(2000);
    let endpoint = at(1).with("big", &labels).unwrap();
    let big = move |id: usize| Listed { endpoint: endpoint.clone(), ..row(&id.to_string(), 1) };
    strange.answers(3, backed_off(3), move |_| {
        let seen = Seen { incarnation: 1, revision: 2 };
        let put = (0..5000).map(&big).collect();
        Ok(Answer::News(Update { seen, whole: true, put, gone: vec![], settles_in_ms: 0 }))
    });
    keeps_its_list(&subscription);
    subscription.wait_standing(PATIENCE, |it| matches!(it, Standing::Stale { .. })).expect("it is lost");
}

/// The largest of all numbers, everywhere: nothing overflows, and what is left can be seen.
#[test]
fn numbers_may_be_as_large_as_they_are() {
    let strange = Strange::new();
    let (_client, subscription) = strange.followed();
    *strange.script.lock().unwrap() = Box::new(|seen| {
        if seen.revision == u64::MAX {
            thread::sleep(Duration::from_millis(20));
            return Ok(Answer::Busy { after_ms: u64::MAX });
        }
        let put = vec![Listed { order: u64::MAX, age_ms: u64::MAX, ..row(&"i".repeat(1 << 16), 2) }];
        let seen = Seen { incarnation: u64::MAX, revision: u64::MAX };
        let gone = vec![String::new(), "nobody".into()];
        Ok(Answer::News(Update { seen, whole: false, put, gone, settles_in_ms: u64::MAX }))
    });
    let snapshot = until(&subscription, "both", |it| it.providers().len() == 2);
    assert!(snapshot.providers().iter().all(|it| it.uptime(Instant::now()) < Duration::MAX));
}

/// What is refused for ever is tried for ever, but ever less often; and the guard says why.
#[test]
fn a_registration_that_is_refused_is_tried_ever_less_often() {
    let strange = Strange::new();
    let client = client_of(strange.server.address());
    let begun = Instant::now();
    let registration = client.register(&orders(), at(1)).unwrap();
    wait_for("five attempts", || strange.asked.load(SeqCst) >= 5);
    assert!(begun.elapsed() >= backed_off(6), "in {:?}", begun.elapsed());
    let error = registration.wait_listed(Duration::from_millis(1)).unwrap_err().to_string();
    assert!(error.contains("go away") && !error.contains(char::is_control), "{error:?}");
    registration.end(PATIENCE).expect("what is not listed is out at once");
}

/// How a stranger's port treats whoever connects.
#[derive(Clone, Copy)]
enum Port {
    Closes,
    Babbles,
}

#[test]
fn a_port_that_speaks_something_else_is_left_alone_more_and_more() {
    for port in [Port::Closes, Port::Babbles] {
        let (listener, connections) = (listener(), Arc::new(AtomicUsize::new(0)));
        let (address, counted) = (listener.local_addr().unwrap(), Arc::clone(&connections));
        // Ends with the test program.
        thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                counted.fetch_add(1, SeqCst);
                if matches!(port, Port::Babbles) {
                    let _ = stream.write_all(&b"HTTP/1.1 400 Bad Request\r\n\r\n".repeat(100));
                }
            }
        });
        let client = client_of(address);
        let begun = Instant::now();
        let subscription = client.subscribe(&orders()).unwrap();
        wait_for("five connections", || connections.load(SeqCst) >= 5);
        assert!(begun.elapsed() >= backed_off(6), "in {:?}", begun.elapsed());
        let is_told = |it: &Standing| matches!(it, Standing::Connecting { why: Some(_) });
        subscription.wait_standing(PATIENCE, is_told).expect("it says why");
        assert_eq!(subscription.snapshot().version(), 0, "nothing was learnt from it");
    }
}

/// What lies on the disk may have been written by anybody, or by half.
#[test]
fn a_snapshot_on_disk_may_hold_anything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("registry.json");
    let row = |id: &str, ttl_ms: u64| {
        json!({ "service": "S", "ttl_ms": ttl_ms, "id": id, "order": 1, "age_ms": 5,
                "endpoint": { "address": "127.0.0.1:1", "labels": { "zone": "a" } } })
    };
    let good = json!({ "version": 1, "registrations": [row("a", 10_000), row("b", 60_000)] }).to_string();
    let start = |contents: &[u8]| {
        fs::write(&path, contents).unwrap();
        let options =
            RegistryOptions { snapshot: Some(path.clone()), max_waiting: 1, ..RegistryOptions::default() };
        EmbeddedRegistry::start(listener(), options).unwrap().hub().len()
    };
    assert_eq!(start(good.as_bytes()), 2);
    for seed in 0..60 {
        let mut rng = Rng::with_seed(seed);
        let mut bytes = good.clone().into_bytes();
        match rng.bool() {
            true => bytes.truncate(rng.usize(..bytes.len())),
            false => (0..rng.usize(1..6)).for_each(|_| {
                let place = rng.usize(..bytes.len());
                bytes[place] = rng.u8(..);
            }),
        }
        assert!(start(&bytes) <= 2, "seed {seed}");
    }
    // It must not be the way to a lease that no registry gives.
    for ttl in [0, 1, 60_001, u64::MAX] {
        let bad = json!({ "version": 1, "registrations": [row("a", ttl)] }).to_string();
        assert_eq!(start(bad.as_bytes()), 0, "a lease of {ttl} ms");
    }
    let error = {
        let options = RegistryOptions { snapshot: Some(folder.path().into()), ..RegistryOptions::default() };
        EmbeddedRegistry::start(listener(), options).expect_err("a folder is no file")
    };
    assert_ne!(error.kind(), ErrorKind::InvalidData, "it was not put aside: {error}");
    assert!(folder.path().is_dir());
}

/// Nor does one that always has something new.
#[test]
fn a_registry_that_always_has_news_does_not_set_the_pace() {
    let strange = Strange::new();
    let (_client, subscription) = strange.followed();
    strange.answers(50, Duration::from_millis(400), |seen| {
        let seen = Seen { revision: seen.revision + 1, ..seen };
        let put = vec![row("a", 1), row("b", 2 + (seen.revision % 2) as u16)];
        Ok(Answer::News(Update { seen, whole: true, put, gone: vec![], settles_in_ms: 0 }))
    });
    until(&subscription, "its lists are taken all the same", |it| it.providers().len() == 2);
}
