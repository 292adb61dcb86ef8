//! What the tree looks like, what strangers write into it, and how it is followed.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use ch05_registry::backend::{Backend, Renewal, Watch};
use ch05_registry::url::encode;
use ch05_registry::zookeeper::{Layout, ZooKeeper, ZooKeeperOptions};
use ch05_registry::{Entry, RegistryError};

use crate::help::*;

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

#[test]
fn what_zookeeper_refuses_is_no_outage() {
    let Some(server) = server() else { return };
    // ZooKeeper knows no "..".
    let error = backend(server).register(&offer("..", 1, "1")).unwrap_err();
    assert!(matches!(error, RegistryError::Refused { .. }), "{error}");
}
