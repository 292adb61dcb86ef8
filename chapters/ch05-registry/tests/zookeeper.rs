//! The backend against a real ZooKeeper: what the tree looks like, what strangers write into it, lost answers,
//! expired sessions, servers that stand still. What all registries have in common is in `conformance.rs`.
#![cfg(all(feature = "zookeeper", unix))]

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use ch05_registry::backend::{Backend, Offer, Renewal, Watch};
use ch05_registry::url::encode;
use ch05_registry::zookeeper::{Layout, ZooKeeper, ZooKeeperLease, ZooKeeperOptions, ZooKeeperWatch};
use ch05_registry::{Endpoint, Entry, RegistryError};
use real_servers::{RealServer, or_skip};
use zookeeper_client::{Acls, Client, CreateMode, Stat};

/// How long is waited for what has to come.
const LONG: Duration = Duration::from_secs(30);

/// The server of all tests that do it no harm; `None` where there is none. It ends with this process.
fn server() -> Option<&'static RealServer> {
    static SERVER: OnceLock<Option<RealServer>> = OnceLock::new();
    SERVER.get_or_init(|| or_skip(RealServer::zookeeper())).as_ref()
}

fn options(server: &RealServer) -> ZooKeeperOptions {
    ZooKeeperOptions {
        session: Duration::from_secs(10),
        ..ZooKeeperOptions::new(server.address().to_string())
    }
}

fn backend(server: &RealServer) -> ZooKeeper {
    ZooKeeper::new(options(server)).unwrap()
}

fn dubbo(server: &RealServer) -> ZooKeeper {
    ZooKeeper::new(ZooKeeperOptions { layout: Layout::Dubbo { protocol: "dubbo".into() }, ..options(server) })
        .unwrap()
}

fn key(text: &str) -> ServiceKey {
    ServiceKey::parse(text).unwrap()
}

fn offer(service: &str, port: u16, id: &str) -> Offer {
    let endpoint = Endpoint::new(([127, 0, 0, 1], port).into()).with("zone", "a/b &=%+北").unwrap();
    Offer { service: key(service), endpoint, id: id.into() }
}

/// Somebody who knows nothing of registries.
struct Stranger {
    client: Client,
    runtime: tokio::runtime::Runtime,
}

impl Stranger {
    fn new(server: &RealServer) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_time().build();
        let runtime = runtime.unwrap();
        let client = runtime.block_on(Client::connect(&server.address().to_string())).unwrap();
        Self { client, runtime }
    }

    fn make(&self, path: &str, data: &[u8]) -> Stat {
        let (parent, _) = path.rsplit_once('/').unwrap();
        let options = CreateMode::Persistent.with_acls(Acls::anyone_all());
        self.runtime.block_on(async {
            self.client.mkdir(parent, &options).await.unwrap();
            self.client.create(path, data, &options).await.unwrap().0
        })
    }

    fn delete(&self, path: &str) {
        self.runtime.block_on(self.client.delete(path, None)).unwrap();
    }

    fn children(&self, path: &str) -> Vec<String> {
        let mut names = self.runtime.block_on(self.client.list_children(path)).unwrap();
        names.sort();
        names
    }

    fn read(&self, path: &str) -> (Vec<u8>, Stat) {
        self.runtime.block_on(self.client.get_data(path)).unwrap()
    }
}

/// Waits until the list is as `is` wants it.
fn until(watch: &mut ZooKeeperWatch, is: impl Fn(&[Entry]) -> bool) -> Vec<Entry> {
    let (end, mut last) = (Instant::now() + LONG, None);
    while Instant::now() < end {
        if let Some(listing) = watch.next(Duration::from_secs(1)).unwrap() {
            if is(&listing.entries) {
                return listing.entries;
            }
            last = Some(listing.entries);
        }
    }
    panic!("not within {LONG:?}; the last list was {last:#?}");
}

fn ports(entries: &[Entry]) -> Vec<u16> {
    let mut ports: Vec<_> = entries.iter().map(|entry| entry.endpoint.address().port()).collect();
    ports.sort_unstable();
    ports
}

/// The list as it is now.
fn now(backend: &ZooKeeper, service: &str) -> Vec<Entry> {
    backend.watch(&key(service)).unwrap().next(LONG).unwrap().expect("the first list comes at once").entries
}

/// Registers, again and again: under load, or while a server wakes up, one attempt may take too long.
fn register(backend: &ZooKeeper, offer: &Offer) -> ZooKeeperLease {
    let end = Instant::now() + LONG;
    loop {
        match backend.register(offer) {
            Ok(lease) => return lease,
            Err(error) => assert!(Instant::now() < end, "{error}"),
        }
    }
}

/// Waits until the session that made `lease` is over.
fn expired(backend: &ZooKeeper, lease: &ZooKeeperLease) {
    let end = Instant::now() + LONG;
    while backend.renew(lease) != Ok(Renewal::Gone) {
        assert!(Instant::now() < end, "the session lives on");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_provider_comes_and_goes_in_either_layout() {
    let Some(server) = server() else { return };
    for layout in [Layout::Micro, Layout::Dubbo { protocol: "yrpc".into() }] {
        let backend = ZooKeeper::new(ZooKeeperOptions { layout, ..options(server) }).unwrap();
        let mut watch = backend.watch(&key("Comes")).unwrap();
        assert_eq!(watch.next(LONG).unwrap().unwrap().entries, [], "nobody, and not an error [R-10]");
        assert_eq!(watch.next(Duration::ZERO), Ok(None), "nothing has changed");
        let first = offer("Comes", 1, "1");
        let lease = backend.register(&first).unwrap();
        let entries = until(&mut watch, |it| it.len() == 1);
        assert_eq!((&*entries[0].id, &*entries[0].endpoint), ("1", &first.endpoint));
        assert!(entries[0].age.is_some());
        assert_eq!(backend.renew(&lease), Ok(Renewal::Kept));
        let second = backend.register(&offer("Comes", 2, "2")).unwrap();
        let entries = until(&mut watch, |it| it.len() == 2);
        let order = |port| entries.iter().find(|it| it.endpoint.address().port() == port).unwrap().order;
        assert!(order(1) < order(2));
        backend.deregister(&lease).unwrap();
        assert_eq!(ports(&until(&mut watch, |it| it.len() == 1)), [2]);
        backend.deregister(&lease).unwrap(); // again: no error
        backend.deregister(&second).unwrap();
        until(&mut watch, <[_]>::is_empty);
    }
}

#[test]
fn the_tree_is_the_sources() {
    let Some(server) = server() else { return };
    let backend = ZooKeeper::new(ZooKeeperOptions { layout: Layout::Micro, ..options(server) }).unwrap();
    let stranger = Stranger::new(server);
    let _lease = backend.register(&offer("com.laowang.orderService", 7050, "9f")).unwrap();
    let watch = backend.watch(&key("com.laowang.orderService")).unwrap();
    let directory = "/micro/service/com.laowang.orderService";
    assert_eq!(stranger.children(directory), ["client", "server"]);
    assert_eq!(stranger.children(&format!("{directory}/server")), ["127.0.0.1-7050-9f"]);
    let (data, stat) = stranger.read(&format!("{directory}/server/127.0.0.1-7050-9f"));
    assert!(String::from_utf8(data).unwrap().starts_with("yrpc://127.0.0.1:7050/com.laowang.orderService?"));
    assert_ne!(stat.ephemeral_owner, 0, "it goes with its session");
    let callers = stranger.children(&format!("{directory}/client"));
    assert!(callers.len() == 1 && callers[0].starts_with("127.0.0.1-"), "{callers:?}");
    drop(watch);
    let end = Instant::now() + LONG;
    while !stranger.children(&format!("{directory}/client")).is_empty() {
        assert!(Instant::now() < end, "who does not follow any more is still listed");
    }
}

#[test]
fn groups_and_versions_share_a_directory_and_not_a_list() {
    let Some(server) = server() else { return };
    let backend = backend(server);
    let keys = ["Apart", "Apart:1.0", "Apart:2.0", "blue/Apart:1.0", "green/Apart:1.0"];
    for (port, service) in (1..).zip(keys) {
        let _lease = backend.register(&offer(service, port, "x")).unwrap();
    }
    for (port, service) in (1..).zip(keys) {
        assert_eq!(ports(&now(&backend, service)), [port], "{service}");
    }
}

/// What a Java provider writes, byte for byte: ours is listed beside it, a stranger's scribble is not.
#[test]
fn dubbos_own_nodes_are_read_and_strangers_do_no_harm() {
    let Some(server) = server() else { return };
    let (backend, stranger) = (dubbo(server), Stranger::new(server));
    let interface = "com.laowang.PriceService";
    let directory = format!("/dubbo/{interface}/providers");
    let url = format!(
        "dubbo://10.0.0.7:20880/{interface}?anyhost=true&application=shop&deprecated=false&dubbo=2.0.2&\
         dynamic=true&generic=false&interface={interface}&methods=getPrice,setPrice&pid=4711&release=2.7.8&\
         side=provider&timestamp=1700000000000"
    );
    let java = encode(&url);
    assert!(
        java.starts_with("dubbo%3A%2F%2F10.0.0.7%3A20880%2Fcom.laowang.PriceService%3Fanyhost%3Dtrue%26")
    );
    stranger.make(&format!("{directory}/{java}"), b"10.0.0.7");
    let long = "x".repeat(100_000);
    let other = encode(&url.replace("dubbo://", "rest://"));
    for scribble in ["%", "%zz", "hello", "北京", "dubbo%3A%2F%2Fhost%2FS", &other, &long] {
        stranger.make(&format!("{directory}/{scribble}"), b"\xff\xfe");
    }
    let mut watch = backend.watch(&key(interface)).unwrap();
    let entries = until(&mut watch, |it| !it.is_empty());
    assert_eq!((entries.len(), &*entries[0].id), (1, java.as_str()));
    assert_eq!(entries[0].endpoint.label("methods"), Some("getPrice,setPrice"));
    let _lease = backend.register(&offer(interface, 1, "1")).unwrap();
    assert_eq!(ports(&until(&mut watch, |it| it.len() == 2)), [1, 20880]);
}

#[test]
fn a_directory_that_somebody_deletes_is_made_again() {
    let Some(server) = server() else { return };
    let (backend, stranger) = (backend(server), Stranger::new(server));
    let mut watch = backend.watch(&key("Deleted")).unwrap();
    until(&mut watch, <[_]>::is_empty);
    stranger.delete("/dubbo/Deleted/providers");
    let _lease = backend.register(&offer("Deleted", 1, "1")).unwrap();
    assert_eq!(ports(&until(&mut watch, |it| !it.is_empty())), [1]);
}

/// watches fire once, and a thousand changes come faster than anybody reads. What counts is the end.
#[test]
fn after_a_thousand_changes_the_list_is_the_registrys() {
    let Some(server) = server() else { return };
    let (backend, stranger) = (backend(server), Stranger::new(server));
    let layout = options(server).layout;
    let mut random = fastrand::Rng::with_seed(5);
    let mut there = BTreeMap::new();
    let mut watch = backend.watch(&key("Storm")).unwrap();
    watch.next(LONG).unwrap();
    let writer = std::thread::spawn(move || {
        for _ in 0..1000 {
            let port = random.u16(1..20);
            // The same name again and again: a node that was deleted and made anew is another one.
            let path = layout.provider(&offer("Storm", port, "1")).path();
            match there.remove(&port) {
                Some(_) => stranger.delete(&path),
                None => drop(there.insert(port, stranger.make(&path, b"").czxid)),
            }
        }
        there
    });
    let mut lists = 0;
    while !writer.is_finished() {
        lists += usize::from(watch.next(Duration::from_millis(5)).unwrap().is_some());
    }
    let there: BTreeMap<u16, u64> = writer
        .join()
        .unwrap()
        .into_iter()
        .map(|(port, czxid)| (port, u64::try_from(czxid).unwrap()))
        .collect();
    // One more, so that the end is an event even when the last change has been seen already.
    let _lease = backend.register(&offer("Storm", 99, "last")).unwrap();
    let entries = until(&mut watch, |it| ports(it).contains(&99));
    let mut seen: BTreeMap<_, _> =
        entries.iter().map(|entry| (entry.endpoint.address().port(), entry.order)).collect();
    seen.remove(&99);
    assert_eq!(seen, there, "ports, and the numbers of the changes that made them");
    println!("1000 changes came as {lists} lists");
}

/// The names are the same as before; one of the nodes is not. Two providers of one address: who came last counts,
/// so it matters.
#[test]
fn a_node_that_was_made_again_between_two_looks_is_a_new_one() {
    let Some(server) = server() else { return };
    let (backend, stranger) = (backend(server), Stranger::new(server));
    let path = |id| options(server).layout.provider(&offer("Anew", 1, id)).path();
    let mut watch = backend.watch(&key("Anew")).unwrap();
    let (old, other) = (stranger.make(&path("1"), b""), stranger.make(&path("2"), b""));
    let order = |entries: &[Entry], id| {
        let order = entries.iter().find(|it| &*it.id == id).map_or(0, |it| it.order);
        i64::try_from(order).unwrap()
    };
    until(&mut watch, |it| it.len() == 2 && order(it, "1") == old.czxid);
    stranger.delete(&path("1"));
    let new = stranger.make(&path("1"), b"");
    let entries = until(&mut watch, |it| order(it, "1") == new.czxid);
    assert!(order(&entries, "2") == other.czxid && other.czxid < new.czxid);
}

/// Our connection was away for longer than the session, the callers' was not: they must not see the moment
/// between the old node and the new one.
#[test]
fn a_node_changes_hands_without_a_moment_between() {
    let Some(server) = server() else { return };
    let (one, two, caller) = (backend(server), backend(server), backend(server));
    let offer = offer("Hands", 1, "1");
    let _first = register(&one, &offer);
    let mut watch = caller.watch(&key("Hands")).unwrap();
    let mut order = until(&mut watch, |it| it.len() == 1)[0].order;
    std::thread::scope(|scope| {
        // Somebody looks all the time, as callers do.
        let owners = scope.spawn(|| {
            for owner in [&two, &one].into_iter().cycle().take(50) {
                register(owner, &offer);
            }
        });
        while !owners.is_finished() {
            if let Some(listing) = watch.next(Duration::from_millis(5)).unwrap() {
                assert_eq!(ports(&listing.entries), [1], "after change {order}");
                assert!(listing.entries[0].order > order, "a new node, a new number");
                order = listing.entries[0].order;
            }
        }
    });
}

/// The server has the last word on a session's length: here 1 to 10 s, 2 to 20 of its ticks of half a second.
#[test]
fn leases_are_looked_after_as_the_granted_session_needs_it() {
    let Some(server) = server() else { return };
    for (asked, granted) in [(500, 1000), (4000, 4000), (60_000, 10_000)] {
        let session = Duration::from_millis(asked);
        let backend = ZooKeeper::new(ZooKeeperOptions { session, ..options(server) }).unwrap();
        assert_eq!(backend.renew_every(), session / 3);
        let _lease = register(&backend, &offer("Granted", 1, "1"));
        assert_eq!(backend.renew_every(), Duration::from_millis(granted) / 3);
    }
}

#[test]
fn what_somebody_deletes_by_hand_is_entered_again() {
    let Some(server) = server() else { return };
    let (backend, stranger) = (backend(server), Stranger::new(server));
    let offer = offer("Swept", 1, "1");
    let lease = register(&backend, &offer);
    assert_eq!(backend.renew(&lease), Ok(Renewal::Kept));
    let path = options(server).layout.provider(&offer).path();
    stranger.delete(&path);
    assert_eq!(backend.renew(&lease), Ok(Renewal::Gone));
    // One that looks the same and does not go with us is not ours, either.
    stranger.make(&path, b"");
    assert_eq!(backend.renew(&lease), Ok(Renewal::Gone));
    let lease = register(&backend, &offer);
    assert_eq!(backend.renew(&lease), Ok(Renewal::Kept));
}

#[test]
fn a_second_attempt_finds_what_the_first_has_made() {
    let Some(server) = server() else { return };
    let first = backend(server);
    let offer = offer("Again", 1, "1");
    let lease = first.register(&offer).unwrap();
    let order = now(&first, "Again")[0].order;
    let again = first.register(&offer).unwrap();
    assert_eq!(now(&first, "Again").len(), 1);
    assert_eq!(now(&first, "Again")[0].order, order, "it was not made anew");
    assert_eq!((first.renew(&lease), first.renew(&again)), (Ok(Renewal::Kept), Ok(Renewal::Kept)));
    // Another session, as ours would be after an expiry that the server has not noticed yet: it takes the node
    // over, since the old session would take the node with it.
    let second = backend(server);
    let taken = second.register(&offer).unwrap();
    let entries = now(&second, "Again");
    assert!(entries.len() == 1 && entries[0].order > order);
    assert_eq!(second.renew(&taken), Ok(Renewal::Kept));
    assert_eq!(first.renew(&taken), Ok(Renewal::Gone), "it is not the first session's");
}

/// The request is on its way, the server stands still, we give up; then it goes on, and does what it was asked.
#[test]
fn what_nobody_waits_for_any_more_is_taken_back() {
    let Some(server) = or_skip(RealServer::zookeeper()) else { return };
    let options = ZooKeeperOptions { patience: Duration::from_secs(1), ..options(&server) };
    let backend = ZooKeeper::new(options).unwrap();
    let kept = register(&backend, &offer("Late", 1, "1"));
    server.pause();
    let late = offer("Late", 2, "2");
    assert!(matches!(backend.register(&late), Err(RegistryError::Unreachable { .. })));
    let wanted = offer("Late", 3, "3");
    assert!(matches!(backend.register(&wanted), Err(RegistryError::Unreachable { .. })));
    let again = std::thread::scope(|scope| {
        // The second attempt is on its way, too, when the server goes on.
        let again = scope.spawn(|| register(&backend, &wanted));
        server.resume();
        again.join().unwrap()
    });
    assert_eq!(backend.renew(&kept), Ok(Renewal::Kept), "the pause was shorter than the session");
    let _last = register(&backend, &offer("Late", 4, "4"));
    let mut watch = backend.watch(&key("Late")).unwrap();
    until(&mut watch, |it| ports(it) == [1, 3, 4]);
    backend.deregister(&again).unwrap();
    until(&mut watch, |it| ports(it) == [1, 4]);
}

#[test]
fn a_server_that_stands_still_hangs_nobody_and_its_sessions_expire() {
    let Some(server) = or_skip(RealServer::zookeeper()) else { return };
    let patience = Duration::from_secs(1);
    let session = Duration::from_secs(1);
    let backend = ZooKeeper::new(ZooKeeperOptions { session, patience, ..options(&server) }).unwrap();
    let lease = register(&backend, &offer("Still", 1, "1"));
    let mut watch = backend.watch(&key("Still")).unwrap();
    assert_eq!(ports(&until(&mut watch, |it| !it.is_empty())), [1]);
    server.pause();
    // Who follows hears of it, instead of believing that nothing changes.
    let end = Instant::now() + LONG;
    let error = loop {
        match watch.next(Duration::from_secs(1)) {
            Ok(_) => assert!(Instant::now() < end, "it is never told"),
            Err(error) => break error,
        }
    };
    assert!(error.to_string().contains("cannot be reached"), "{error}");
    for result in [
        backend.register(&offer("Still", 2, "2")).map(drop),
        backend.watch(&key("Still")).map(drop),
        backend.deregister(&lease),
    ] {
        assert!(matches!(result, Err(RegistryError::Unreachable { .. })), "{result:?}");
    }
    expired(&backend, &lease);
    server.resume();
    // Another session, the same registration.
    let lease = register(&backend, &offer("Still", 1, "1"));
    assert_eq!(backend.renew(&lease), Ok(Renewal::Kept));
    assert_eq!(ports(&until(&mut backend.watch(&key("Still")).unwrap(), |it| it.len() == 1)), [1]);
}

/// The connection breaks, the session lives on: nothing is registered again, but who follows is told that the
/// list may be wrong, and gets a whole one afterwards.
#[test]
fn a_broken_connection_is_no_expiry_and_is_told() {
    let Some(mut server) = or_skip(RealServer::zookeeper()) else { return };
    let backend = backend(&server);
    let lease = backend.register(&offer("Broken", 1, "1")).unwrap();
    let mut watch = backend.watch(&key("Broken")).unwrap();
    let order = until(&mut watch, |it| it.len() == 1)[0].order;
    server.kill();
    let error = watch.next(LONG).unwrap_err();
    assert!(error.to_string().contains("cannot be reached"), "{error}");
    assert!(matches!(backend.renew(&lease), Err(RegistryError::Unreachable { .. })), "nobody knows");
    server.start_again().unwrap();
    let end = Instant::now() + LONG;
    while let Err(error) = backend.renew(&lease) {
        assert!(Instant::now() < end, "{error}");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(backend.renew(&lease), Ok(Renewal::Kept), "the session has lived on");
    assert_eq!(now(&backend, "Broken")[0].order, order, "and so has the node");
}

#[test]
fn nobody_at_the_address_and_somebody_who_never_answers() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    for (address, patience) in [(silent.local_addr().unwrap(), 100), (closed, 30_000)] {
        let patience = Duration::from_millis(patience);
        let options = ZooKeeperOptions { patience, ..ZooKeeperOptions::new(address.to_string()) };
        let backend = ZooKeeper::new(options).unwrap();
        let error = backend.register(&offer("S", 1, "1")).unwrap_err();
        assert!(
            error.to_string().starts_with(&format!("the registry zookeeper {address} cannot")),
            "{error}"
        );
        assert!(matches!(backend.watch(&key("S")), Err(RegistryError::Unreachable { .. })));
    }
}

#[test]
fn what_zookeeper_refuses_is_no_outage() {
    let Some(server) = server() else { return };
    // ZooKeeper knows no "..".
    let error = backend(server).register(&offer("..", 1, "1")).unwrap_err();
    assert!(matches!(error, RegistryError::Refused { .. }), "{error}");
}
