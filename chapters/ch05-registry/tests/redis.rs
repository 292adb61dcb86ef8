//! Redis' backend against a real Redis.
#![cfg(feature = "redis")]

mod stores;

use std::thread;
use std::time::{Duration, Instant};

use ch05_registry::backend::{Backend, Renewal, Watch};
use ch05_registry::redis::{Redis, RedisOptions};
use ch05_registry::{Listing, RegistryError};
use real_servers::{Kind, RealServer, or_skip};
use redis::{Connection, cmd};
use stores::{MOMENT, PATIENCE, away, key, nobody, offer, ports, until, until_lost};

/// Longer than any test, where the end of a lease is not what is tested.
const TTL: Duration = Duration::from_secs(60);

fn started(more: &[&str]) -> Option<(RealServer, RedisOptions)> {
    let server = or_skip(RealServer::start(Kind::Redis, more))?;
    let options = RedisOptions::new(server.address(), TTL);
    Some((server, options))
}

/// A connection of somebody else.
fn stranger(server: &RealServer) -> Connection {
    redis::Client::open(format!("redis://{}", server.address())).unwrap().get_connection().unwrap()
}

/// The first list of a new watch.
fn list(backend: &Redis) -> Listing {
    backend.watch(&key("S")).unwrap().next(PATIENCE).unwrap().expect("the first list comes at once")
}

#[test]
fn who_registers_is_listed_until_it_leaves() {
    let Some((_server, options)) = started(&[]) else { return };
    stores::comes_and_goes(&Redis::new(options));
}

#[test]
fn a_thousand_changes_end_in_the_right_list() {
    let Some((_server, options)) = started(&[]) else { return };
    stores::survives_a_storm(&Redis::new(options));
}

#[test]
fn names_alike_and_strangers_are_not_listed() {
    let Some((server, options)) = started(&[]) else { return };
    let mut redis = stranger(&server);
    let value = r#"{"format":1,"service":"a","endpoint":{"address":"127.0.0.1:99","labels":{}}}"#;
    let long = "x".repeat(100_000);
    let other = value.replace("\"a\"", "\"b\"");
    for (id, value) in [("not-in-the-set", value), ("hello", "hello"), ("long", &long), ("other", &other)] {
        cmd("SET").arg(format!("yrpc:a:{id}")).arg(value).exec(&mut redis).unwrap();
    }
    cmd("LPUSH").arg("yrpc:a:list").arg("x").exec(&mut redis).unwrap();
    let names: [&[u8]; 7] = [b"hello", b"long", b"other", b"list", b"no-key", b"", b"\xff"];
    for name in names {
        cmd("ZADD").arg("yrpc:a").arg("+inf").arg(name).exec(&mut redis).unwrap();
    }
    stores::keeps_to_itself(&Redis::new(options.clone()));
    // What should be a set is none: that is said, and does not hang.
    cmd("SET").arg("yrpc:S").arg("x").exec(&mut redis).unwrap();
    let backend = Redis::new(options);
    for error in [
        backend.watch(&key("S")).unwrap().next(PATIENCE).unwrap_err(),
        backend.register(&offer("S", 1, "a")).unwrap_err(),
    ] {
        assert!(matches!(error, RegistryError::Refused { .. }), "{error:?}");
    }
}

#[test]
fn too_many_names_are_refused_before_they_are_read() {
    let Some((server, options)) = started(&[]) else { return };
    let (mut redis, backend) = (stranger(&server), Redis::new(options));
    let mut names = |end: &str| {
        let mut add = cmd("ZADD");
        add.arg("yrpc:S");
        (0..5000).for_each(|name| {
            add.arg(end).arg(name);
        });
        add.exec(&mut redis).unwrap();
    };
    // Those whose lease is over do not count, and the next who registers takes them out.
    names("1");
    assert!(list(&backend).entries.is_empty());
    backend.register(&offer("S", 1, "a")).unwrap();
    assert_eq!(ports(&list(&backend)), [1]);
    let left: usize = cmd("ZCARD").arg("yrpc:S").query(&mut stranger(&server)).unwrap();
    assert_eq!(left, 1);
    names("+inf");
    let error = backend.watch(&key("S")).unwrap().next(PATIENCE).unwrap_err();
    assert!(matches!(&error, RegistryError::Refused { why, .. } if why.contains("4096 names")), "{error:?}");
}

#[test]
fn an_attempt_whose_answer_was_lost_is_the_same_registration() {
    let Some((_server, options)) = started(&[]) else { return };
    let backend = Redis::new(options);
    let [lost, again] = [(); 2].map(|()| backend.register(&offer("S", 1, "a")).unwrap());
    assert_eq!(lost, again);
    assert_eq!(ports(&list(&backend)), [1]);
    assert_eq!(backend.renew(&again), Ok(Renewal::Kept));
}

#[test]
fn a_lease_that_nobody_renews_ends() {
    for events in ["", "Kxe", "KA"] {
        let Some((_server, options)) = started(&["--notify-keyspace-events", events]) else { return };
        let backend = Redis::new(RedisOptions { ttl: Duration::from_millis(50), ..options });
        let lease = backend.register(&offer("S", 1, "a")).unwrap();
        until(&mut backend.watch(&key("S")).unwrap(), &[]);
        assert_eq!(backend.renew(&lease), Ok(Renewal::Gone));
        assert_eq!(backend.deregister(&lease), Ok(()));
    }
}

#[test]
fn a_renewal_makes_nobody_read_the_list() {
    let Some((server, options)) = started(&["--notify-keyspace-events", "KA"]) else { return };
    let backend = Redis::new(options);
    let leases: Vec<_> =
        (1..=20).map(|port| backend.register(&offer("S", port, &port.to_string())).unwrap()).collect();
    let mut watch = backend.watch(&key("S")).unwrap();
    until(&mut watch, &(1..=20).collect::<Vec<_>>());
    let calls = || {
        let info: String = cmd("INFO").arg("commandstats").query(&mut stranger(&server)).unwrap();
        let line = info.lines().find_map(|line| line.strip_prefix("cmdstat_getrange:calls=")).unwrap();
        line.split(',').next().unwrap().parse::<u64>().unwrap()
    };
    let (before, start) = (calls(), Instant::now());
    thread::scope(|scope| {
        scope.spawn(|| {
            for lease in leases.iter().cycle().take(1000) {
                assert_eq!(backend.renew(lease), Ok(Renewal::Kept));
            }
        });
        assert_eq!(watch.next(Duration::from_millis(500)), Ok(None));
    });
    // One reading has 20 of them, and there is one a second.
    let read = (calls() - before) / 20;
    let took = start.elapsed();
    assert!(read <= 2 + took.as_secs(), "the list was read {read} times in {took:?}");
}

#[test]
fn ages_and_order_are_the_servers() {
    let Some((server, options)) = started(&[]) else { return };
    let backend = Redis::new(options);
    backend.register(&offer("S", 1, "a")).unwrap();
    // As if it had been registered a minute earlier.
    let mut redis = stranger(&server);
    let stored: String = cmd("GET").arg("yrpc:S:a").query(&mut redis).unwrap();
    let mut stored: serde_json::Value = serde_json::from_str(&stored).unwrap();
    let since = stored["since"].as_u64().unwrap();
    for (since, at_least) in [(since - 60_000, 60), (since + 3_600_000, 0)] {
        stored["since"] = since.into();
        cmd("SET").arg("yrpc:S:a").arg(stored.to_string()).exec(&mut redis).unwrap();
        let age = list(&backend).entries[0].age.unwrap();
        assert!(age >= Duration::from_secs(at_least) && age < Duration::from_secs(at_least + 60), "{age:?}");
    }
}

#[test]
fn another_start_is_another_incarnation_that_has_to_settle() {
    let Some((mut server, options)) = started(&[]) else { return };
    let backend = Redis::new(options);
    let lease = backend.register(&offer("S", 1, "a")).unwrap();
    let mut watch = backend.watch(&key("S")).unwrap();
    let before = until(&mut watch, &[1]);
    assert!(before.incarnation != 0 && before.incarnation == list(&backend).incarnation);
    server.kill();
    away::<()>(Err(until_lost(&mut watch)));
    away(backend.renew(&lease));
    away(backend.watch(&key("S")));
    server.start_again().unwrap();
    let after = list(&backend);
    assert!(after.incarnation != before.incarnation && after.entries.is_empty());
    assert!(after.settles_in > Duration::ZERO && after.settles_in <= TTL, "{:?}", after.settles_in);
    assert_eq!(backend.renew(&lease), Ok(Renewal::Gone));
    backend.register(&offer("S", 1, "a")).unwrap();
    assert_eq!(ports(&list(&backend)), [1]);
}

#[test]
fn a_redis_that_stands_still_is_noticed() {
    let Some((server, options)) = started(&[]) else { return };
    let backend = Redis::new(options);
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
    away(Redis::new(RedisOptions::new(nobody(), TTL)).register(&offer("S", 1, "a")));
}

#[test]
fn a_password_a_user_and_a_database_are_used_and_not_told() {
    let Some((server, options)) = started(&[]) else { return };
    cmd("CONFIG").arg("SET").arg("requirepass").arg("sesame").exec(&mut stranger(&server)).unwrap();
    let with = |password: Option<&str>, username: Option<&str>| RedisOptions {
        database: 5,
        password: password.map(str::to_owned),
        username: username.map(str::to_owned),
        ..options.clone()
    };
    for wrong in [with(None, None), with(Some("open"), None), with(Some("sesame"), Some("ann"))] {
        let error = Redis::new(wrong).register(&offer("S", 1, "a")).unwrap_err();
        assert!(matches!(error, RegistryError::Refused { .. }), "{error:?}");
        assert!(!error.to_string().contains("sesame") && !error.to_string().contains("open"), "{error}");
    }
    let backend = Redis::new(with(Some("sesame"), None));
    let mut watch = backend.watch(&key("S")).unwrap();
    backend.register(&offer("S", 1, "a")).unwrap();
    until(&mut watch, &[1]);

    // Somebody who may not ask INFO, nor listen to anything: it works, and nothing is known of restarts.
    let url = format!("redis://:sesame@{}/5", server.address());
    let mut redis = redis::Client::open(url).unwrap().get_connection().unwrap();
    let rules =
        ["bea", "on", ">pw", "~yrpc:*", "resetchannels", "+@all", "-info", "-subscribe", "-psubscribe"];
    cmd("ACL").arg("SETUSER").arg(&rules).exec(&mut redis).unwrap();
    let limited = Redis::new(with(Some("pw"), Some("bea")));
    let seen = list(&limited);
    assert_eq!((ports(&seen), seen.incarnation, seen.settles_in), (vec![1], 0, Duration::ZERO));
    let mut watch = limited.watch(&key("S")).unwrap();
    backend.register(&offer("S", 2, "b")).unwrap();
    until(&mut watch, &[1, 2]);
}

#[test]
fn nothing_is_news_when_nothing_has_changed() {
    let Some((_server, options)) = started(&[]) else { return };
    let backend = Redis::new(options);
    let mut watch = backend.watch(&key("S")).unwrap();
    let lease = backend.register(&offer("S", 1, "a")).unwrap();
    until(&mut watch, &[1]);
    backend.renew(&lease).unwrap();
    assert_eq!(watch.next(MOMENT), Ok(None));
    // Longer than it takes until the list is read again.
    assert_eq!(watch.next(Duration::from_millis(1200)), Ok(None));
}
