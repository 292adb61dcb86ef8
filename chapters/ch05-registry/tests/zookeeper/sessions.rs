//! Lost answers, expired sessions, broken connections, servers that stand still.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use ch05_registry::RegistryError;
use ch05_registry::backend::{Backend, Renewal, Watch};
use ch05_registry::zookeeper::{ZooKeeper, ZooKeeperOptions};
use real_servers::{RealServer, or_skip};

use crate::help::*;

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
    let listing = backend.watch(&key("Still")).unwrap().next(LONG).unwrap().unwrap();
    assert_eq!(ports(&listing.entries), [1]);
    // What expired for us may have expired for all: the others may need a moment until they are back.
    assert!(listing.incarnation > 0 && listing.settles_in > Duration::ZERO, "{listing:?}");
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
