//! etcd's backend against a real etcd.
#![cfg(feature = "etcd")]

mod stores;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ch05_registry::RegistryError;
use ch05_registry::backend::{Backend, Renewal, Watch};
use ch05_registry::etcd::Etcd;
use real_servers::{RealServer, or_skip};
use serde_json::{Value, json};
use stores::{MOMENT, PATIENCE, away, key, nobody, offer, ports, until, until_lost};

/// Longer than any test, where the end of a lease is not what is tested.
const TTL: Duration = Duration::from_secs(60);

fn started() -> Option<(RealServer, Etcd)> {
    let server = or_skip(RealServer::etcd())?;
    let backend = Etcd::new(server.address(), TTL);
    Some((server, backend))
}

/// Says something to etcd that no backend says.
fn ask(address: SocketAddr, path: &str, body: Value) -> Value {
    let mut answer = ureq::post(format!("http://{address}{path}")).send(body.to_string()).unwrap();
    serde_json::from_slice(&answer.body_mut().read_to_vec().unwrap()).unwrap()
}

fn put(address: SocketAddr, key: &str, value: &str) -> u64 {
    let (key, value) = (BASE64_STANDARD.encode(key), BASE64_STANDARD.encode(value));
    let answer = ask(address, "/v3/kv/put", json!({ "key": key, "value": value }));
    answer["header"]["revision"].as_str().unwrap().parse().unwrap()
}

#[test]
fn who_registers_is_listed_until_it_leaves() {
    let Some((_server, backend)) = started() else { return };
    stores::comes_and_goes(&backend);
}

#[test]
fn a_thousand_changes_end_in_the_right_list() {
    let Some((_server, backend)) = started() else { return };
    stores::survives_a_storm(&backend);
}

#[test]
fn names_alike_and_strangers_are_not_listed() {
    let Some((server, backend)) = started() else { return };
    let value = r#"{"format":1,"service":"a","endpoint":{"address":"127.0.0.1:99","labels":{}}}"#;
    for (key, value) in [
        ("/yrpc/a", value),
        ("/yrpc/a/", value),
        ("/yrpc/a/deeper/x", value),
        ("/yrpc/a/empty", ""),
        ("/yrpc/a/no-entry", "hello"),
        ("/yrpc/a/of-another", &value.replace("\"a\"", "\"b\"")),
        ("/yrpc/a/long", &"x".repeat(100_000)),
    ] {
        put(server.address(), key, value);
    }
    stores::keeps_to_itself(&backend);
    // The same while somebody follows.
    let mut watch = backend.watch(&key("a")).unwrap();
    until(&mut watch, &[1]);
    put(server.address(), "/yrpc/a/no-entry", "still none");
    put(server.address(), "/yrpc/a0", value);
    assert_eq!(watch.next(MOMENT), Ok(None));
    put(server.address(), "/yrpc/a/by-hand", value);
    until(&mut watch, &[1, 99]);
    put(server.address(), "/yrpc/a/by-hand", "spoiled");
    until(&mut watch, &[1]);
}

#[test]
fn an_attempt_whose_answer_was_lost_stands_in_nobodys_way() {
    let Some((_server, backend)) = started() else { return };
    let [lost, again] = [(); 2].map(|()| backend.register(&offer("S", 1, "a")).unwrap());
    let mut watch = backend.watch(&key("S")).unwrap();
    until(&mut watch, &[1]);
    // The key has the newer lease, so the end of the older one means nothing.
    backend.deregister(&lost).unwrap();
    assert_eq!(watch.next(MOMENT), Ok(None));
    assert_eq!((backend.renew(&again), backend.renew(&lost)), (Ok(Renewal::Kept), Ok(Renewal::Gone)));
    until(&mut backend.watch(&key("S")).unwrap(), &[1]);
}

#[test]
fn a_lease_that_nobody_renews_ends() {
    let Some((server, _)) = started() else { return };
    let backend = Etcd::new(server.address(), Duration::from_secs(1));
    let lease = backend.register(&offer("S", 1, "a")).unwrap();
    until(&mut backend.watch(&key("S")).unwrap(), &[]);
    assert_eq!(backend.renew(&lease), Ok(Renewal::Gone));
    assert_eq!(backend.deregister(&lease), Ok(()));
}

#[test]
fn a_restart_forgets_nothing() {
    let Some((mut server, backend)) = started() else { return };
    let lease = backend.register(&offer("S", 1, "a")).unwrap();
    let mut watch = backend.watch(&key("S")).unwrap();
    let before = until(&mut watch, &[1]);
    server.kill();
    away::<()>(Err(until_lost(&mut watch)));
    away(backend.renew(&lease));
    away(backend.watch(&key("S")));
    server.start_again().unwrap();
    assert_eq!(backend.renew(&lease), Ok(Renewal::Kept));
    assert_eq!(until(&mut backend.watch(&key("S")).unwrap(), &[1]), before);
}

#[test]
fn an_etcd_that_stands_still_is_noticed() {
    let Some((server, backend)) = started() else { return };
    let lease = backend.register(&offer("S", 1, "a")).unwrap();
    let mut watch = backend.watch(&key("S")).unwrap();
    until(&mut watch, &[1]);
    server.pause();
    away(backend.renew(&lease));
    away(backend.register(&offer("S", 2, "b")));
    away::<()>(Err(until_lost(&mut watch)));
    away(backend.watch(&key("S")));
    server.resume();
    assert_eq!(backend.renew(&lease), Ok(Renewal::Kept));
}

#[test]
fn who_does_not_speak_as_etcd_does_is_refused() {
    away(Etcd::new(nobody(), TTL).register(&offer("S", 1, "a")));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let backend = Etcd::new(listener.local_addr().unwrap(), TTL);
    thread::spawn(move || {
        for body in ["hello", "{}", "\u{1b}[2J"] {
            let mut stream = listener.accept().unwrap().0;
            let _ = stream.read(&mut [0; 4096]).unwrap();
            let head =
                format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
            stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
        }
    });
    for _ in 0..3 {
        let error = backend.register(&offer("S", 1, "a")).unwrap_err();
        assert!(matches!(error, RegistryError::Refused { .. }), "{error:?}");
        assert!(!error.to_string().contains('\u{1b}'));
    }
}

#[test]
fn what_somebody_deletes_by_hand_is_entered_again() {
    let Some((server, backend)) = started() else { return };
    let lease = backend.register(&offer("S", 1, "a")).unwrap();
    assert_eq!(backend.renew(&lease), Ok(Renewal::Kept));
    let key_a = BASE64_STANDARD.encode("/yrpc/S/a");
    ask(server.address(), "/v3/kv/deleterange", json!({ "key": key_a }));
    assert_eq!(backend.renew(&lease), Ok(Renewal::Gone));
    // And a key that ends with another lease is not ours, either.
    let again = backend.register(&offer("S", 1, "a")).unwrap();
    assert_eq!(backend.renew(&lease), Ok(Renewal::Gone));
    assert_eq!(backend.renew(&again), Ok(Renewal::Kept));
    until(&mut backend.watch(&key("S")).unwrap(), &[1]);
}

/// Stands between a backend and etcd, and does harm to watches, counted from 1 as they come.
struct Gate {
    address: SocketAddr,
    harm: Arc<(Mutex<Harm>, Condvar)>,
}

#[derive(Default)]
struct Harm {
    watches: usize,
    /// Later ones have to wait.
    let_through: usize,
    /// Up to here nothing is told any more. A firewall that has forgotten a connection does that.
    silenced: usize,
}

impl Gate {
    fn before(etcd: SocketAddr, let_through: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let harm = Arc::new((Mutex::new(Harm { let_through, ..Harm::default() }), Condvar::new()));
        let shared = Arc::clone(&harm);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let harm = Arc::clone(&shared);
                thread::spawn(move || pass(&client, etcd, &harm));
            }
        });
        Self { address, harm }
    }

    fn change(&self, change: impl FnOnce(&mut Harm)) {
        change(&mut self.harm.0.lock().unwrap());
        self.harm.1.notify_all();
    }
}

/// Hands over what comes, both ways.
fn pass(mut client: &TcpStream, etcd: SocketAddr, (harm, changed): &(Mutex<Harm>, Condvar)) {
    let mut buffer = [0; 4096];
    let Ok(length) = client.read(&mut buffer) else { return };
    let mut number = usize::MAX;
    if buffer.starts_with(b"POST /v3/watch") {
        let mut harm = harm.lock().unwrap();
        harm.watches += 1;
        number = harm.watches;
        drop(changed.wait_while(harm, |harm| harm.let_through < number).unwrap());
    }
    let Ok(mut server) = TcpStream::connect(etcd) else { return };
    server.write_all(&buffer[..length]).unwrap();
    let (mut from, mut to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    thread::spawn(move || std::io::copy(&mut from, &mut to));
    while let Ok(length @ 1..) = server.read(&mut buffer) {
        let told = number > harm.lock().unwrap().silenced;
        if told && client.write_all(&buffer[..length]).is_err() {
            return;
        }
    }
}

#[test]
fn what_is_compacted_before_the_watch_begins_is_not_lost() {
    let Some((server, backend)) = started() else { return };
    let gate = Gate::before(server.address(), 0);
    let mut watch = Etcd::new(gate.address, TTL).watch(&key("S")).unwrap(); // read; its stream waits at the gate
    assert_eq!(watch.next(PATIENCE).unwrap().map(|it| ports(&it)), Some(vec![]));
    backend.register(&offer("S", 1, "a")).unwrap();
    let revision = put(server.address(), "elsewhere", "x");
    ask(server.address(), "/v3/kv/compaction", json!({ "revision": revision.to_string(), "physical": true }));
    gate.change(|harm| harm.let_through = usize::MAX);
    until(&mut watch, &[1]);
    backend.register(&offer("S", 2, "b")).unwrap();
    until(&mut watch, &[1, 2]);
}

#[test]
fn a_stream_that_has_died_silently_costs_only_time() {
    let Some((server, backend)) = started() else { return };
    let gate = Gate::before(server.address(), usize::MAX - 1);
    let mut watch = Etcd::new(gate.address, TTL).watch(&key("S")).unwrap();
    backend.register(&offer("S", 1, "a")).unwrap();
    until(&mut watch, &[1]);
    gate.change(|harm| harm.silenced = harm.watches);
    backend.register(&offer("S", 2, "b")).unwrap();
    until(&mut watch, &[1, 2]);
}
