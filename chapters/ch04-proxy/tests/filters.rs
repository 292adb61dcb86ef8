//! Filters on both sides of a socket: their order, what they may do with a call, and many callers at once.

mod common;

use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use ch01_raw_tcp::Outcome;
use ch03_codec::Format;
use ch03_codec::shop::Shop;
use ch04_proxy::filters::{Logging, MethodTimes, RequireToken, Retry, Timing, Token};
use ch04_proxy::orders::{OrderService, OrderServiceStub, order_service_skeleton};
use ch04_proxy::reflection::{Reflection, ReflectionStub};
use ch04_proxy::{
    CallError, Chain, Filter, Generic, Invocation, Invoker, Metadata, Reply, RpcError, Server, Status, Target,
};
use common::{Seen, dial, items, listener, seen, shop_server};

/// What happened, in order.
type Diary = Arc<Mutex<Vec<String>>>;

/// Writes down when a call passes it, on the way in and on the way out.
fn recording(name: &'static str, diary: &Diary) -> impl Filter + use<> {
    let diary = Arc::clone(diary);
    move |invocation: &Invocation, next: &dyn Invoker| {
        diary.lock().unwrap().push(format!("{name} in {}", invocation.method()));
        let result = next.invoke(invocation);
        diary.lock().unwrap().push(format!("{name} out {}", result.as_ref().unwrap().status));
        result
    }
}

fn stub(filters: Vec<Arc<dyn Filter>>, server: &Server) -> OrderServiceStub {
    OrderServiceStub::new(Arc::new(Chain::new(filters, dial(server.address()))))
}

#[test]
fn outer_first_in_last_out_on_both_sides() {
    let diary = Diary::default();
    let server = shop_server()
        .filter(recording("server 1", &diary))
        .filter(recording("server 2", &diary))
        .start(listener())
        .unwrap();
    let filters: Vec<Arc<dyn Filter>> =
        vec![Arc::new(recording("client 1", &diary)), Arc::new(recording("client 2", &diary))];
    let stub = stub(filters, &server);
    stub.say_hello("world").unwrap();
    stub.get_order(42).unwrap_err();
    let expected = [("say_hello", "0 ok"), ("get_order", "304 service-error")].map(|(method, status)| {
        let way_in = ["client 1", "client 2", "server 1", "server 2"];
        let way_out = way_in.iter().rev().map(|name| format!("{name} out {status}"));
        way_in.iter().map(|name| format!("{name} in {method}")).chain(way_out).collect::<Vec<_>>()
    });
    assert_eq!(*diary.lock().unwrap(), expected.concat());
}

#[test]
fn who_does_not_call_next_answers_alone() {
    let refuse = |_: &Invocation, _: &dyn Invoker| Ok(Reply::new(Status::BUSY, "not today"));
    let expected = Seen {
        variant: "Remote",
        status: Some(103),
        outcome: Outcome::NeverRan,
        text: "the server answered 103 busy: not today".into(),
    };
    let diary = Diary::default();
    // At the server, between two others: the inner one never sees the call.
    let server = shop_server()
        .filter(recording("outer", &diary))
        .filter(refuse)
        .filter(recording("inner", &diary))
        .start(listener())
        .unwrap();
    assert_eq!(seen(stub(vec![], &server).say_hello("world")), expected);
    assert_eq!(*diary.lock().unwrap(), ["outer in say_hello", "outer out 103 busy"]);
    // At the client: nothing is sent, nobody is even dialled.
    let client = dial(server.address());
    let chain = Chain::new(vec![Arc::new(refuse)], Arc::clone(&client) as _);
    assert_eq!(seen(OrderServiceStub::new(Arc::new(chain)).say_hello("world")), expected);
    assert_eq!(client.meter().counts().of(ch01_raw_tcp::meter::Syscall::Connect), 0);
}

/// What the first server gives on as its own word must not be worse than it was. (A gateway does that.)
#[test]
fn a_server_that_passes_calls_on_says_whether_they_have_run() {
    let lost = || CallError::NoReply { source: std::io::Error::other("cable") };
    let ended = || CallError::Ended { why: "cable".into() };
    for (error, status) in [(ended(), 103), (lost(), 201)] {
        let outcome = error.outcome();
        let error = Mutex::new(Some(error));
        let gateway = move |_: &Invocation| Err::<Reply, _>(error.lock().unwrap().take().expect("one call"));
        let server = Server::start(listener(), Arc::new(gateway), Default::default()).unwrap();
        let seen = seen(stub(vec![], &server).say_hello("world"));
        assert_eq!((seen.status, seen.outcome), (Some(status), outcome), "{}", seen.text);
    }
}

#[test]
fn a_token_opens_what_is_closed_to_others() {
    let shop = Arc::new(Shop::default());
    let server = Server::builder()
        .service(order_service_skeleton(Arc::clone(&shop)))
        .filter(RequireToken::new("s3cret"))
        .start(listener())
        .unwrap();
    let order = |filters| stub(filters, &server).place_order("Ann", &items(), None);
    let with = |token: &str| order(vec![Arc::new(Token::new(token).unwrap())]);

    assert_eq!(with("s3cret").unwrap(), 1);
    let long = "s3cret".repeat(300);
    for wrong in ["", "s", "s3cre", "S3cret", "s3creT", "s3cret ", "s3cretX", " s3cret", "öffne dich", &long]
    {
        let error = seen(with(wrong));
        assert_eq!((error.status, error.outcome), (Some(114), Outcome::NeverRan));
        assert_eq!(error.text, "the server answered 114 unauthenticated: the token is not the right one");
    }
    let nothing = seen(order(vec![]));
    assert_eq!(nothing.text, "the server answered 114 unauthenticated: this server asks for a token");
    assert_eq!(shop.list(1, 10).len(), 1, "no other order has reached the shop");
    // Longer than a header has room for: found out before anything is sent.
    assert!(Token::new(&"x".repeat(Metadata::MAX_LEN)).is_err());
}

#[test]
fn another_attempt_orders_once() {
    let shop = Arc::new(Shop::default());
    let before = AtomicU64::new(0);
    let busy_at_first = move |invocation: &Invocation, next: &dyn Invoker| match before.fetch_add(1, Relaxed)
    {
        0 | 1 => Ok(Reply::new(Status::BUSY, "in a moment")),
        _ => next.invoke(invocation),
    };
    let server = Server::builder()
        .service(order_service_skeleton(Arc::clone(&shop)))
        .filter(busy_at_first)
        .start(listener())
        .unwrap();
    let slept = Arc::new(Mutex::new(Vec::new()));
    let retry = {
        let slept = Arc::clone(&slept);
        Retry::with_sleep(5, Duration::from_millis(10), move |pause| slept.lock().unwrap().push(pause))
    };
    let stub = stub(vec![Arc::new(retry)], &server);
    assert_eq!(stub.place_order("Ann", &items(), None).unwrap(), 1);
    assert_eq!(*slept.lock().unwrap(), [10, 20].map(Duration::from_millis));
    assert_eq!(server.stats().run.load(Relaxed), 3, "two refusals and the order");
    // The shop's own no is an answer, and there is nothing to try again.
    stub.get_order(42).unwrap_err();
    assert_eq!((slept.lock().unwrap().len(), server.stats().run.load(Relaxed)), (2, 4));
}

#[test]
fn a_log_has_a_line_a_call_on_either_side_and_nobodys_secrets() {
    let lines = |name: &'static str, all: &Diary| {
        let (all, now) = (Arc::clone(all), AtomicU64::new(0));
        let begin = Instant::now();
        // Every look at this clock is 5 µs later than the last one.
        let clock = move || begin + Duration::from_micros(5 * now.fetch_add(1, Relaxed));
        Logging::with_clock(move |line| all.lock().unwrap().push(format!("{name}: {line}")), clock)
    };
    let all = Diary::default();
    let server = shop_server()
        .filter(lines("server", &all))
        .filter(RequireToken::new("s3cret"))
        .start(listener())
        .unwrap();
    let token = Arc::new(Token::new("s3cret").unwrap());
    let json = Format { codec: 1, compressor: 0 };
    let proxy = |filters| {
        let chain = Chain::new(filters, dial(server.address()));
        OrderServiceStub::over(common::proxy("OrderService", Arc::new(chain)).with_format(json))
    };
    let stub = proxy(vec![token, Arc::new(lines("client", &all))]);
    stub.say_hello("my diagnosis").unwrap();
    stub.get_order(42).unwrap_err();
    proxy(vec![]).say_hello("let me in").unwrap_err();
    assert_eq!(
        *all.lock().unwrap(),
        [
            "server: OrderService.say_hello 0 ok, 20 bytes 5 µs",
            "client: OrderService.say_hello 0 ok, 20 bytes 5 µs",
            "server: OrderService.get_order 304 service-error, 22 bytes 5 µs (ran and failed)",
            "client: OrderService.get_order 304 service-error, 22 bytes 5 µs (ran and failed)",
            "server: OrderService.say_hello 114 unauthenticated, 28 bytes 5 µs (never ran)",
        ]
    );
}

#[test]
fn many_callers_share_one_chain() {
    const THREADS: u64 = 8;
    const CALLS: u64 = 50;
    let count = || {
        let seen = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&seen);
        let filter = move |invocation: &Invocation, next: &dyn Invoker| {
            counted.fetch_add(1, Relaxed);
            next.invoke(invocation)
        };
        (seen, filter)
    };
    let (at_server, counting) = count();
    let server =
        shop_server().filter(RequireToken::new("s3cret")).filter(counting).start(listener()).unwrap();
    let (timing, (at_client, counting)) = (Arc::new(Timing::new()), count());
    let filters: Vec<Arc<dyn Filter>> = vec![
        Arc::clone(&timing) as _,
        Arc::new(Token::new("s3cret").unwrap()),
        Arc::new(Retry::new(3, Duration::ZERO)),
        Arc::new(counting),
    ];
    let stub = stub(filters, &server);
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let stub = &stub;
            scope.spawn(move || {
                for call in 0..CALLS {
                    let name = format!("{thread}/{call}");
                    assert_eq!(stub.say_hello(&name).unwrap(), format!("Hello {name}"));
                    assert!(matches!(stub.get_order(thread + 1), Err(RpcError::Service(_))));
                }
            });
        }
    });
    let calls = THREADS * CALLS;
    assert_eq!((at_client.load(Relaxed), at_server.load(Relaxed)), (2 * calls, 2 * calls));
    let times = timing.times();
    let counts = times.iter().map(|(name, &MethodTimes { calls, failed, .. })| (&**name, calls, failed));
    assert_eq!(
        counts.collect::<Vec<_>>(),
        [("OrderService.get_order", calls, calls), ("OrderService.say_hello", calls, 0)]
    );
    assert!(times.values().all(|one| one.longest <= one.total && !one.longest.is_zero()));
}

#[test]
fn reflection_lists_all_services_and_itself() {
    let other = ch04_proxy::ServiceKey::parse("gray/OrderService:2.0").unwrap();
    let server = shop_server()
        .service(order_service_skeleton(Arc::new(Shop::default())).with_key(other))
        .with_reflection()
        .start(listener())
        .unwrap();
    let services = ReflectionStub::new(dial(server.address())).services().unwrap();
    let keys: Vec<&str> = services.iter().map(|service| &*service.key).collect();
    assert_eq!(keys, ["OrderService", "gray/OrderService:2.0", "yrpc.Reflection:1"]);
    for shop in &services[..2] {
        assert_eq!(shop.error, "OrderError");
        let methods: Vec<String> = shop.methods.iter().map(ToString::to_string).collect();
        assert_eq!(
            methods,
            [
                "get_order(id: u64) -> Order",
                "list_orders(from: u64, count: u32) -> Vec<Order>",
                "place_order(customer: &str, items: &[Item], note: Option<String>) -> u64",
                "say_hello(name: &str) -> String",
            ]
        );
    }
    let itself: Vec<String> = services[2].methods.iter().map(ToString::to_string).collect();
    assert_eq!(itself, ["services() -> Vec<ServiceInfo>"]);

    // What it lists can be called by whoever was compiled with nothing: so can the list itself.
    let generic = Generic::new(dial(server.address()));
    let call = |target, arguments| generic.call(&Target::parse(target).unwrap(), &arguments);
    let list = call("yrpc.Reflection:1.services", serde_json::Value::Null).unwrap();
    assert_eq!(list, serde_json::to_value(&services).unwrap());
    let hello = call("gray/OrderService:2.0.say_hello", serde_json::json!({ "name": "world" })).unwrap();
    assert_eq!(hello, "Hello world");
    let in_order = call("OrderService.list_orders", serde_json::json!([1, 10])).unwrap();
    assert_eq!(in_order, serde_json::json!([]));
    match call("OrderService.get_order", serde_json::json!({ "id": 42 })) {
        Err(RpcError::Service(error)) => {
            assert_eq!(error, serde_json::json!({ "NotFound": { "id": 42 } }));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_server_tells_nobody_what_it_has_unless_it_is_told_to() {
    let server = shop_server().start(listener()).unwrap();
    let error = seen(ReflectionStub::new(dial(server.address())).services());
    assert_eq!((error.status, error.outcome), (Some(108), Outcome::NeverRan));
}

/// What is printed for debugging is printed where everybody reads.
#[test]
fn nothing_shows_what_it_holds() {
    let filters = || -> Vec<Arc<dyn Filter>> { vec![Arc::new(Token::new("s3cret").unwrap())] };
    let invoker = Arc::new(Chain::new(filters(), shop_server().build().unwrap()));
    let all = [
        format!("{invoker:?}"),
        format!("{:?}", common::proxy("OrderService", Arc::clone(&invoker) as _)),
        format!("{:?}", Generic::new(invoker)),
        format!("{:?}", shop_server().filter(RequireToken::new("s3cret"))),
        format!("{:?}", Logging::to_stderr()),
        format!("{:?}", Retry::new(3, Duration::ZERO)),
        format!("{:?}", Timing::new()),
    ];
    let begins =
        ["Chain { filters: 1", "Proxy { ", "Generic", "ServerBuilder { ", "Logging", "Retry", "Timing"];
    for (shown, begin) in all.iter().zip(begins) {
        assert!(shown.starts_with(begin) && !shown.contains("s3cret"), "{shown}");
    }
    assert!(all[1].contains("OrderService") && all[3].contains("OrderService"), "{all:?}");
}
