//! What is started ends: no thread outlives those who wanted it. (Linux tells the names of threads.)
#![cfg(target_os = "linux")]

mod common;

use std::fs;
use std::time::Duration;

use ch05_registry::embedded::{Embedded, EmbeddedRegistry, RegistryOptions};
use ch05_registry::{ClientOptions, Registry, RegistryClient};
use common::{PATIENCE, at, listener, orders, until, wait_for};

/// The threads of this program whose names begin with `name`.
fn threads(name: &str) -> usize {
    let tasks = fs::read_dir("/proc/self/task").unwrap().map_while(Result::ok);
    // A thread may end while we read.
    let names = tasks.filter_map(|task| fs::read_to_string(task.path().join("comm")).ok());
    names.filter(|comm| comm.starts_with(name)).count()
}

/// One test, so that nobody else's threads are counted.
#[test]
fn threads_end_with_those_who_wanted_them() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = Some(folder.path().join("registry.json"));
    let options = RegistryOptions { settle: Duration::ZERO, snapshot, ..RegistryOptions::default() };
    let registry = EmbeddedRegistry::start(listener(), options).unwrap();
    let client = || {
        let embedded = Embedded::new(registry.address(), Duration::from_secs(10));
        RegistryClient::new(embedded, ClientOptions::default())
    };
    let (provider, caller) = (client(), client());
    let registration = provider.register(&orders(), at(1)).unwrap();
    let subscriptions = [(); 3].map(|()| caller.subscribe(&orders()).unwrap());
    until(&subscriptions[2], "it is listed", |it| it.providers().len() == 1);
    assert_eq!(threads("registry-keeper"), 1, "none for a client that registers nothing");
    assert_eq!(threads("registry-follow"), 1, "one for each service, however many follow it");
    assert_eq!(threads("registry-leases") + threads("registry-snapsh"), 2);

    // As long as one subscription lives, it is followed; also when the client is gone.
    let [first, second, last] = subscriptions;
    drop((first, second, caller));
    let another = provider.register(&orders(), at(2)).unwrap();
    until(&last, "the second provider is found", |it| it.providers().len() == 2);
    drop(last);
    wait_for("the follower's end", || threads("registry-follow") == 0);

    // As long as one guard lives, it is kept; also when the client is gone.
    drop((provider, another));
    wait_for("one is taken out", || registry.hub().len() == 1);
    registration.wait_listed(PATIENCE).unwrap();
    drop(registration);
    wait_for("the other is taken out", || registry.hub().is_empty());
    wait_for("the keepers' end", || threads("registry-keeper") == 0);

    // A registry waits for its threads when it is dropped.
    drop(registry);
    assert_eq!(threads("registry-"), 0);
}
