//! Consul's backend against an imitation that does what its documentation says. A real one has never been asked.
#![cfg(feature = "consul")]

#[allow(dead_code, reason = "the suite uses other parts of it")]
mod imitation;
mod stores;

use std::thread;
use std::time::Duration;

use ch05_registry::backend::{Backend, Renewal, Watch};
use ch05_registry::consul::Consul;
use imitation::Consul as Imitation;
use stores::{MOMENT, PATIENCE, away, key, nobody, offer, until, until_lost};

fn backend(consul: &Imitation) -> Consul {
    Consul::new(consul.address(), Duration::from_secs(60))
}

#[test]
fn who_registers_is_listed_until_it_leaves() {
    stores::comes_and_goes(&backend(&Imitation::start()));
}

#[test]
fn an_attempt_whose_answer_was_lost_stands_in_nobodys_way() {
    let consul = Imitation::start();
    let backend = backend(&consul);
    let [lost, again] = [(); 2].map(|()| backend.register(&offer("S", 1, "a")).unwrap());
    let mut watch = backend.watch(&key("S")).unwrap();
    let listing = until(&mut watch, &[1, 1]);
    let newest = listing.entries.iter().max_by_key(|entry| entry.order).unwrap();
    backend.deregister(&lost).unwrap();
    assert_eq!(until(&mut watch, &[1]).entries[0].id, newest.id);
    assert_eq!(backend.renew(&again), Ok(Renewal::Kept));
    assert_eq!(backend.renew(&lost), Ok(Renewal::Gone));
}

#[test]
fn a_session_that_ends_takes_its_key_along() {
    let consul = Imitation::start();
    let backend = backend(&consul);
    let mut watch = backend.watch(&key("S")).unwrap();
    let lease = backend.register(&offer("S", 1, "a")).unwrap();
    until(&mut watch, &[1]);
    consul.end_sessions();
    until(&mut watch, &[]);
    assert_eq!(backend.renew(&lease), Ok(Renewal::Gone));
    assert!(consul.keys().is_empty());
}

#[test]
fn what_somebody_deletes_by_hand_is_entered_again() {
    let consul = Imitation::start();
    let backend = backend(&consul);
    let lease = backend.register(&offer("S", 1, "a")).unwrap();
    assert_eq!(backend.renew(&lease), Ok(Renewal::Kept));
    consul.delete_all();
    assert_eq!(backend.renew(&lease), Ok(Renewal::Gone));
    backend.register(&offer("S", 1, "a")).unwrap();
    until(&mut backend.watch(&key("S")).unwrap(), &[1]);
}

#[test]
fn names_alike_and_strangers_are_not_listed() {
    let consul = Imitation::start();
    let value = r#"{"format":1,"service":"a","endpoint":{"address":"127.0.0.1:99","labels":{}}}"#;
    consul.put("yrpc/a/nobody-holds-it", value, None);
    consul.put("yrpc/a/deeper/x", value, Some("x"));
    consul.put("yrpc/a/", value, Some("x"));
    consul.put("yrpc/a/no-entry", "hello", Some("x"));
    consul.put("yrpc/a/empty", "", Some("x"));
    consul.put("yrpc/a/long", &"x".repeat(100_000), Some("x"));
    consul.put("yrpc/a/of-another", &value.replace("\"a\"", "\"b\""), Some("x"));
    stores::keeps_to_itself(&backend(&consul));
}

#[test]
fn an_index_that_goes_back_is_forgotten() {
    let consul = Imitation::start();
    let backend = backend(&consul);
    for port in 1..=5 {
        backend.register(&offer("S", port, "a")).unwrap();
    }
    let mut watch = backend.watch(&key("S")).unwrap();
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
    let mut watch = backend.watch(&key("S")).unwrap();
    watch.next(PATIENCE).unwrap();
    let before = consul.log().len();
    let writer = {
        let consul = consul.clone();
        thread::spawn(move || {
            for _ in 0..1000 {
                consul.put("somewhere/else", "x", None);
                thread::yield_now();
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
    stores::survives_a_storm(&backend(&Imitation::start()));
}

#[test]
fn a_consul_that_is_away_is_told_at_once_or_in_time() {
    let consul = Imitation::start();
    let backend = backend(&consul);
    let lease = backend.register(&offer("S", 1, "a")).unwrap();
    let mut watch = backend.watch(&key("S")).unwrap();
    until(&mut watch, &[1]);
    consul.pause(true);
    away(backend.renew(&lease));
    away(watch.next(MOMENT));
    consul.pause(false);
    assert_eq!(backend.renew(&lease), Ok(Renewal::Kept));
    consul.kill();
    away(backend.register(&offer("S", 2, "b")));
    away(backend.deregister(&lease));
    away::<()>(Err(until_lost(&mut watch)));
    consul.start_again();
    assert_eq!(backend.renew(&lease), Ok(Renewal::Kept));
    until(&mut backend.watch(&key("S")).unwrap(), &[1]);
    away(Consul::new(nobody(), PATIENCE).register(&offer("S", 1, "a")));
}
