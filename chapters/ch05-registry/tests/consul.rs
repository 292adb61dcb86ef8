//! Consul's backend against an imitation that does what its documentation says. A real one has never been asked.
#![cfg(feature = "consul")]

#[allow(dead_code, reason = "the suite uses other parts of it")]
mod imitation;

use std::net::TcpListener;
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use ch05_registry::backend::{Backend, Offer, Renewal, Watch};
use ch05_registry::consul::Consul;
use ch05_registry::{Endpoint, Listing, RegistryError};
use imitation::Consul as Imitation;

/// Long enough for everything that has to happen.
const PATIENCE: Duration = Duration::from_secs(30);
const MOMENT: Duration = Duration::from_millis(20);

fn backend(consul: &Imitation) -> Consul {
    Consul::new(consul.address(), Duration::from_secs(10))
}

fn offer(service: &str, port: u16, id: &str) -> Offer {
    let endpoint = Endpoint::new(([127, 0, 0, 1], port).into()).with("zone", "a/b ?&=%北\u{1b}").unwrap();
    Offer { service: ServiceKey::parse(service).unwrap(), endpoint, id: id.into() }
}

fn ports(listing: &Listing) -> Vec<u16> {
    let mut ports: Vec<_> = listing.entries.iter().map(|it| it.endpoint.address().port()).collect();
    ports.sort_unstable();
    ports
}

/// Follows until the list is as it should be.
fn until(watch: &mut impl Watch, wanted: &[u16]) -> Listing {
    let end = Instant::now() + PATIENCE;
    let mut last = None;
    while Instant::now() < end {
        last = watch.next(Duration::from_secs(1)).unwrap().or(last);
        if let Some(listing) = last.take_if(|listing| ports(listing) == wanted) {
            return listing;
        }
    }
    panic!("expected the ports {wanted:?}, at last there was {last:?}");
}

#[test]
fn who_registers_is_listed_until_it_leaves() {
    let consul = Imitation::start();
    let backend = backend(&consul);
    let first = offer("blue/OrderService:1.0", 1, "a");
    let mut watch = backend.watch(&first.service).unwrap();
    assert_eq!(watch.next(PATIENCE).unwrap().map(|it| ports(&it)), Some(vec![]), "nobody, and at once");
    assert_eq!(watch.next(MOMENT), Ok(None));
    let lease = backend.register(&first).unwrap();
    let listing = until(&mut watch, &[1]);
    assert_eq!(*listing.entries[0].endpoint, first.endpoint);
    // The same registration once more, because the first answer was lost: both are listed, the newer one counts.
    let again = backend.register(&first).unwrap();
    let listing = until(&mut watch, &[1, 1]);
    let newest = listing.entries.iter().max_by_key(|entry| entry.order).unwrap();
    assert_eq!(backend.renew(&again), Ok(Renewal::Kept));
    backend.deregister(&lease).unwrap();
    assert_eq!(until(&mut watch, &[1]).entries[0].id, newest.id);
    backend.deregister(&again).unwrap();
    backend.deregister(&again).unwrap();
    until(&mut watch, &[]);
    assert_eq!(backend.renew(&again), Ok(Renewal::Gone));
}

#[test]
fn a_session_that_ends_takes_its_key_along() {
    let consul = Imitation::start();
    let backend = backend(&consul);
    let mut watch = backend.watch(&offer("S", 1, "a").service).unwrap();
    let lease = backend.register(&offer("S", 1, "a")).unwrap();
    until(&mut watch, &[1]);
    consul.end_sessions();
    until(&mut watch, &[]);
    assert_eq!(backend.renew(&lease), Ok(Renewal::Gone));
    assert!(consul.keys().is_empty());
}

#[test]
fn names_alike_and_strangers_are_not_listed() {
    let consul = Imitation::start();
    let backend = backend(&consul);
    let services = ["a", "ab", "a.b", "a/b", "b/a", "a:1", "a:1.0", "a$"];
    for (service, port) in services.iter().zip(1..) {
        backend.register(&offer(service, port, "a")).unwrap();
    }
    let value = r#"{"format":1,"service":"a","endpoint":{"address":"127.0.0.1:99","labels":{}}}"#;
    consul.put("yrpc/a/nobody-holds-it", value, None);
    consul.put("yrpc/a/deeper/x", value, Some("x"));
    consul.put("yrpc/a/", value, Some("x"));
    consul.put("yrpc/a/no-entry", "hello", Some("x"));
    consul.put("yrpc/a/empty", "", Some("x"));
    consul.put("yrpc/a/long", &"x".repeat(100_000), Some("x"));
    consul.put("yrpc/a/of-another", &value.replace("\"a\"", "\"b\""), Some("x"));
    for (service, port) in services.iter().zip(1..) {
        let mut watch = backend.watch(&ServiceKey::parse(service).unwrap()).unwrap();
        assert_eq!(watch.next(PATIENCE).unwrap().map(|it| ports(&it)), Some(vec![port]), "{service}");
    }
}

#[test]
fn an_index_that_goes_back_is_forgotten() {
    let consul = Imitation::start();
    let backend = backend(&consul);
    for port in 1..=5 {
        backend.register(&offer("S", port, "a")).unwrap();
    }
    let mut watch = backend.watch(&offer("S", 1, "a").service).unwrap();
    until(&mut watch, &[1, 2, 3, 4, 5]);
    consul.index_goes_back(2);
    // It waits for what comes after 11, in vain; then it knows, and asks without a number.
    assert_eq!(watch.next(MOMENT), Ok(None));
    backend.register(&offer("S", 6, "a")).unwrap();
    until(&mut watch, &[1, 2, 3, 4, 5, 6]);
    let asked: Vec<_> = consul.log().into_iter().filter(|line| line.starts_with("GET")).collect();
    let without = asked.iter().filter(|line| line.contains("index=0&")).count();
    assert_eq!(without, 2, "once at the beginning, and once afterwards: {asked:#?}");
}

#[test]
fn an_answer_without_news_is_followed_by_a_rest() {
    let consul = Imitation::start();
    let backend = backend(&consul);
    let mut watch = backend.watch(&offer("S", 1, "a").service).unwrap();
    watch.next(PATIENCE).unwrap();
    let before = consul.log().len();
    let writer = {
        let consul = consul.clone();
        std::thread::spawn(move || {
            for _ in 0..1000 {
                consul.put("somewhere/else", "x", None);
                std::thread::yield_now();
            }
        })
    };
    assert_eq!(watch.next(Duration::from_millis(500)), Ok(None));
    writer.join().unwrap();
    let asked = consul.log().len() - before;
    assert!(asked < 20, "{asked} questions in half a second");
}

#[test]
fn a_thousand_changes_end_in_the_right_list() {
    let consul = Imitation::start();
    let backend = backend(&consul);
    let mut watch = backend.watch(&offer("S", 1, "a").service).unwrap();
    let writer = std::thread::spawn({
        let backend = self::backend(&consul);
        move || {
            let mut held = Vec::new();
            for change in 0..1000u16 {
                if change % 3 == 2 {
                    let (_, lease) = held.swap_remove(usize::from(change) * 7 % held.len());
                    backend.deregister(&lease).unwrap();
                } else {
                    held.push((change + 1, backend.register(&offer("S", change + 1, "a")).unwrap()));
                }
            }
            let mut ports: Vec<_> = held.into_iter().map(|(port, _)| port).collect();
            ports.sort_unstable();
            ports
        }
    });
    while !writer.is_finished() {
        watch.next(MOMENT).unwrap();
    }
    let wanted = writer.join().unwrap();
    // Whatever was given meanwhile: a list that comes now is compared with the last one given.
    backend.register(&offer("S", 2000, "a")).unwrap();
    until(&mut watch, &[&wanted[..], &[2000]].concat());
}

#[test]
fn a_consul_that_is_away_is_told_at_once_or_in_time() {
    let consul = Imitation::start();
    let backend = backend(&consul);
    let lease = backend.register(&offer("S", 1, "a")).unwrap();
    let mut watch = backend.watch(&offer("S", 1, "a").service).unwrap();
    until(&mut watch, &[1]);
    let away = |result: Result<(), RegistryError>| match result {
        Err(RegistryError::Unreachable { registry, .. }) => assert_eq!(registry, backend.name()),
        other => panic!("expected that it is unreachable, got {other:?}"),
    };
    consul.pause(true);
    away(backend.renew(&lease).map(|_| ()));
    away(watch.next(MOMENT).map(|_| ()));
    consul.pause(false);
    assert_eq!(backend.renew(&lease), Ok(Renewal::Kept));
    consul.kill();
    away(backend.register(&offer("S", 2, "b")).map(|_| ()));
    away(backend.deregister(&lease));
    away(watch.next(PATIENCE).map(|_| ()));
    consul.start_again();
    assert_eq!(backend.renew(&lease), Ok(Renewal::Kept));
    until(&mut backend.watch(&offer("S", 1, "a").service).unwrap(), &[1]);

    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let result = Consul::new(nobody, PATIENCE).register(&offer("S", 1, "a"));
    assert!(matches!(result, Err(RegistryError::Unreachable { .. })), "{result:?}");
}
