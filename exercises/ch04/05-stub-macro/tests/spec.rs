//! # Spec of 04-05: a macro that writes the stub
//!
//! A stub is a struct with the service's trait, and every one of its methods does the same: put the arguments into
//! a record, and hand it to the proxy under the method's name. Nobody wants to write that forty times, and whoever
//! does writes `"get_order"` in `list_orders` once. A macro gets every name in one place and uses it everywhere.
//!
//! Here the descriptions stand in these files, and the macro that turns them into Rust is yours. What the stubs
//! send is compared with what the stubs of `#[service]` send for the same traits, byte by byte.
//!
//! These tests run as soon as the two stubs at the end of src/lib.rs compile.

mod elsewhere;
mod harness;

use std::net::TcpListener;
use std::sync::Arc;

use ch02_protocol::ClientOptions;
use ch03_codec::shop::{Item, Order, Shop};
use ch03_codec::{Format, Marshaller};
use ch04_proxy::orders::{OrderError, OrderService, OrderServiceStub, order_service_skeleton};
use ch04_proxy::{CallError, Client, Dispatcher, Invoker, NoError, RpcError, Server, Status, service};
use elsewhere::Map;
use erased_serde::Serialize;
use harness::{CODECS, PAGE, dense, listed, proxy, said, sent, shown, told};
use spec_kit::Failure;
use stub_macro::{Arguments, ServiceKey, Signature, stub};

stub! {
    /// The order service of this chapter.
    pub struct Orders for OrderService as "OrderService" {
        type Error = OrderError;
        /// Greets.
        fn say_hello(name: &str) -> String;
        fn place_order(customer: &str, items: &[Item], note: Option<String>) -> u64;
        fn get_order(id: u64) -> Order;
        fn list_orders(from: u64, count: u32) -> Vec<Order>;
    }
}

/// A clock on a wall. Its methods are not in the order of the alphabet, and neither are their arguments.
#[service(name = "wall.Clock", version = "2.1")]
pub trait Clock {
    /// It never says no.
    type Error;
    /// Sets it.
    fn set(&self, zone: String, hours: u8, minutes: u8) -> Result<(), Self::Error>;
    /// What it shows: hours and minutes.
    fn now(&self) -> Result<(u8, u8), Self::Error>;
    /// Lets it ring.
    fn alarm(&self, at: Option<(u8, u8)>) -> Result<bool, Self::Error>;
}

stub! {
    struct WallClock for Clock as "wall.Clock", version "2.1" {
        type Error = NoError;
        fn set(
            zone: String,
            hours: u8,
            minutes: u8,
        ) -> ();
        fn now() -> (u8, u8);
        fn alarm(at: Option<(u8, u8)>,) -> bool;
    }
}

stub! {
    /// The same description as in `elsewhere`.
    struct PlainMap for Map as "Elsewhere", version "7" {
        type Error = NoError;
        fn where_is(town: String) -> (f64, f64);
    }
}

/// Nothing to call.
pub trait Silence {
    /// It never says anything.
    type Error;
}

stub! {
    struct Silent for self::Silence as "Silence", version "1" {
        type Error = NoError;
    }
}

// ---- the key ----

#[test]
fn the_key_is_interface_and_version() {
    for (got, expected) in [
        (told("key", WallClock::key), "wall.Clock:2.1"),
        (told("key", Silent::key), "Silence:1"),
        (told("key", PlainMap::key), "Elsewhere:7"),
    ] {
        check_key(
            &got,
            expected,
            "`concat!` joins literals while the program is compiled. `$version` stands inside of `$( … )?` in \
             the pattern; it is the text of the description, and there is a `:` before it.",
        );
    }
}

#[test]
fn without_a_version_the_key_is_the_interface() {
    check_key(
        &told("key", Orders::key),
        "OrderService",
        "The description has no version, so the key has none, and no `:` either. What belongs to the version \
         stands inside of `$( … )?`, in the pattern and in what you write.",
    );
}

#[track_caller]
fn check_key(got: &ServiceKey, expected: &str, because: &str) {
    if got.as_str() != expected {
        Failure::new("A server would look for this service under another name.")
            .expected(format_args!("key() is {expected}"))
            .got(format_args!("key() is {got}"))
            .because(because)
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_new_stub_calls_under_its_key() {
    let (_, recorder) = proxy("unused", 5);
    let invoker = || Arc::clone(&recorder) as Arc<dyn Invoker>;
    told("new", || said(WallClock::new(invoker()).now()));
    told("new", || said(Orders::new(invoker()).get_order(42)));
    let got: Vec<_> = recorder.calls().iter().map(|call| call.service().to_string()).collect();
    if got != ["wall.Clock:2.1", "OrderService"] {
        Failure::new("Two stubs were made with `new`, and each was called once.")
            .expected(r#"calls of ["wall.Clock:2.1", "OrderService"]"#)
            .got(format_args!("calls of {got:?}"))
            .because("`new` takes the key from `key()`, and the proxy keeps it.")
            .page(PAGE)
            .raise();
    }
}

// ---- the call ----

#[test]
fn every_method_calls_by_its_own_name() {
    let items = items();
    for (method, call) in [
        ("say_hello", orders(|orders| said(orders.say_hello("Ann")), "say_hello")),
        ("place_order", orders(|orders| said(orders.place_order("Ann", &items, None)), "place_order")),
        ("get_order", orders(|orders| said(orders.get_order(42)), "get_order")),
        ("list_orders", orders(|orders| said(orders.list_orders(7, 2)), "list_orders")),
        ("alarm", clock(|clock| said(clock.alarm(None)), "alarm")),
    ] {
        if call.method() != method {
            Failure::new(format_args!("`{method}` of a stub was called."))
                .show("your stub sent", shown(&call))
                .expected(format_args!("a call of {method}"))
                .got(format_args!("a call of {}", call.method()))
                .because(
                    "`stringify!($method)` is the method's own name as a text. The service is not part of it: \
                     the proxy sends that beside it. `$service` and `$name` are the trait and the struct, the \
                     same in all methods.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn every_argument_is_a_field_with_its_name() {
    let items = items();
    let note = Some("ring twice".to_owned());
    for (call, fields) in [
        (
            orders_in_json(|orders| said(orders.place_order("Ann", &items, note.clone())), "place_order"),
            &[("customer", &"Ann" as &dyn Serialize), ("items", &items), ("note", &note)][..],
        ),
        (
            orders_in_json(|orders| said(orders.list_orders(7, 2)), "list_orders"),
            &[("from", &7), ("count", &2)],
        ),
        (orders_in_json(|orders| said(orders.get_order(42)), "get_order"), &[("id", &42)]),
    ] {
        let expected = json(&Arguments { record: "OrderService", fields });
        let got = String::from_utf8_lossy(&call.arguments.bytes).into_owned();
        if got != expected {
            Failure::new(format_args!("`{}` was called, in JSON.", call.method()))
                .expected(&expected)
                .got(&got)
                .because(
                    "A field for each argument, in the order of the description: its name is \
                     `stringify!($argument)`, its value is a reference to the argument itself. A server looks \
                     for the names in some formats, and counts the fields in others.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_method_without_arguments_sends_an_empty_record() {
    let (mine, theirs) = (
        sent("now", "wall.Clock:2.1", 1, |proxy| said(WallClock::over(proxy).now())),
        sent("now", "wall.Clock:2.1", 1, |proxy| said(ClockStub::over(proxy).now())),
    );
    if mine.arguments != theirs.arguments {
        Failure::new("`now()` has no arguments.")
            .show("your stub sent", shown(&mine))
            .show("the stub of #[service] sends", shown(&theirs))
            .because("No arguments are a record without fields: in JSON `{}`, and neither null nor nothing.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn the_bytes_are_those_of_service() {
    let items = items();
    let note = || Some("ring twice".to_owned());
    for (codec, name) in CODECS {
        let orders =
            |method, mine: &dyn Fn(Orders) -> String, theirs: &dyn Fn(OrderServiceStub) -> String| {
                (
                    sent(method, "OrderService", codec, |proxy| mine(Orders::over(proxy))),
                    sent(method, "OrderService", codec, |proxy| theirs(OrderServiceStub::over(proxy))),
                )
            };
        let clock = |method, mine: &dyn Fn(WallClock) -> String, theirs: &dyn Fn(ClockStub) -> String| {
            (
                sent(method, "wall.Clock:2.1", codec, |proxy| mine(WallClock::over(proxy))),
                sent(method, "wall.Clock:2.1", codec, |proxy| theirs(ClockStub::over(proxy))),
            )
        };
        let pairs = [
            orders("say_hello", &|it| said(it.say_hello("Ann")), &|it| said(it.say_hello("Ann"))),
            orders("get_order", &|it| said(it.get_order(1 << 40)), &|it| said(it.get_order(1 << 40))),
            orders("place_order", &|it| said(it.place_order("Ann", &items, note())), &|it| {
                said(it.place_order("Ann", &items, note()))
            }),
            orders("list_orders", &|it| said(it.list_orders(7, 2)), &|it| said(it.list_orders(7, 2))),
            clock("set", &|it| said(it.set("CET".into(), 17, 5)), &|it| said(it.set("CET".into(), 17, 5))),
            clock("now", &|it| said(it.now()), &|it| said(it.now())),
            clock("alarm", &|it| said(it.alarm(Some((6, 30)))), &|it| said(it.alarm(Some((6, 30))))),
        ];
        for (mine, theirs) in pairs {
            if mine != theirs {
                Failure::new(format_args!("The same call, written in {name} by two stubs."))
                    .show("your stub sent", shown(&mine))
                    .show("the stub of #[service] sends", shown(&theirs))
                    .because(
                        "The server is the same for both. The record is called `Interface.method`, without a \
                         version, and Hessian2 writes that down; in the other formats only names, order and \
                         values of the fields can differ.",
                    )
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

#[test]
fn nothing_has_to_be_imported() {
    let there = elsewhere::what_it_does();
    let here = elsewhere::what_a_stub_does(PlainMap::key, PlainMap::signatures, PlainMap::over);
    if there != here {
        Failure::new(
            "Somebody uses your macro in a module with things of its own that are called `Arguments`, `ServiceKey`, \
             `Box`, `Ok`, `format!` and `vec!`. The stub does something else there.",
        )
        .show("see", "tests/elsewhere/mod.rs")
        .show("the same description, in a module without such things", here)
        .show("in that module", there)
        .because(
            "A name without a path means whatever is called so where the macro is used. `$crate::…` is always the \
             crate that the macro comes from, and `::std::…` always the standard library.",
        )
        .page(PAGE)
        .raise();
    }
}

// ---- the signatures ----

#[test]
fn signatures_list_every_method() {
    check_signatures(
        told("signatures", Orders::signatures),
        &[
            Signature { name: "say_hello", arguments: &[("name", "&str")], returns: "String" },
            Signature {
                name: "place_order",
                arguments: &[("customer", "&str"), ("items", "&[Item]"), ("note", "Option<String>")],
                returns: "u64",
            },
            Signature { name: "get_order", arguments: &[("id", "u64")], returns: "Order" },
            Signature {
                name: "list_orders",
                arguments: &[("from", "u64"), ("count", "u32")],
                returns: "Vec<Order>",
            },
        ],
    );
    check_signatures(
        told("signatures", WallClock::signatures),
        &[
            Signature {
                name: "set",
                arguments: &[("zone", "String"), ("hours", "u8"), ("minutes", "u8")],
                returns: "()",
            },
            Signature { name: "now", arguments: &[], returns: "(u8, u8)" },
            Signature { name: "alarm", arguments: &[("at", "Option<(u8, u8)>")], returns: "bool" },
        ],
    );
}

#[test]
fn signatures_are_made_once() {
    let ask = std::hint::black_box(Orders::signatures as fn() -> &'static [Signature]);
    let [first, second] = [(); 2].map(|()| told("signatures", ask).as_ptr());
    if !std::ptr::eq(first, second) {
        Failure::new("`signatures()` was asked twice.")
            .expected("the same slice, at the same place")
            .got(format_args!("one at {first:p}, and another one at {second:p}"))
            .because(
                "The slice lives as long as the program. Whoever makes a new one for each question (`Box::leak`, \
                 `Vec::leak`) never gives one back: who asks for ever takes memory for ever. A `&[…]` of literals \
                 stands in the program itself.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_service_without_methods_has_no_signatures() {
    fn implements_it<S: Silence>() {}
    implements_it::<Silent>();
    check_signatures(told("signatures", Silent::signatures), &[]);
}

#[track_caller]
fn check_signatures(got: &[Signature], expected: &[Signature]) {
    let names = |all: &[Signature]| all.iter().map(|one| one.name).collect::<Vec<_>>();
    let same = got.iter().map(dense).eq(expected.iter().map(dense));
    if !same || names(got) != names(expected) {
        Failure::new("`signatures()` says what there is to call.")
            .show("expected", listed(expected))
            .show("yours", listed(got))
            .because(
                "One for each method, in the order of the description. `stringify!` makes a text of whatever \
                 a `$name` holds: of `$method`, `$argument`, `$type` and `$answer`. A repetition inside of a \
                 repetition, as in the pattern.",
            )
            .page(PAGE)
            .raise();
    }
}

// ---- a real server ----

/// A caller who knows the trait and nothing else. The same lines for a shop that stands here and for one far away.
fn story<S: OrderService>(shop: &S) -> Result<(), S::Error> {
    let check = |what: &str, right: bool| {
        if !right {
            Failure::new("The same caller, near and far.")
                .expected(what)
                .because("A stub behaves as the service does; only its errors can be others.")
                .page(PAGE)
                .raise();
        }
    };
    check("say_hello(\"world\") is \"Hello world\"", shop.say_hello("world")? == "Hello world");
    let id = shop.place_order("Ann", &items(), Some("ring twice".to_owned()))?;
    let order = shop.get_order(id)?;
    check("the order that was placed", (&*order.customer, &order.items) == ("Ann", &items()));
    check("its note, too", order.note.as_deref() == Some("ring twice"));
    check("one order in the list", shop.list_orders(id, 9)? == [order]);
    Ok(())
}

#[test]
fn the_same_caller_near_and_far() {
    let near = Shop::default();
    story(&near).expect("a shop that stands here greets and sells");

    let mut dispatcher = Dispatcher::default();
    dispatcher.add(order_service_skeleton(Arc::new(Shop::default()))).expect("the only service");
    let far = told("new", || Orders::new(Arc::new(dispatcher)));
    if let Err(error) = told("Orders", || story(&far)) {
        Failure::new("Orders are placed and looked up through your stub, in this process.")
            .expected("what the shop itself says")
            .got(format_args!("{error}"))
            .because("The server understands what `#[service]` would send. What does yours send instead?")
            .page(PAGE)
            .raise();
    }
    let (near, far) = (near.get_order(42), told("get_order", || far.get_order(42)));
    if !matches!((&near, &far), (Err(near), Err(RpcError::Service(far))) if near == far) {
        Failure::new("There is no order 42.")
            .expected(format_args!("near {near:?}, far Err(Service(NotFound {{ id: 42 }}))"))
            .got(format_args!("near {near:?}, far {far:?}"))
            .because("The service's own error comes out of the proxy as it is. Hand on what `call` returns.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn it_works_over_a_socket() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port of this machine");
    let skeleton = order_service_skeleton(Arc::new(Shop::default()));
    let server = Server::builder().service(skeleton).start(listener).expect("a server");
    let orders =
        told("new", || Orders::new(Arc::new(Client::new(server.address(), ClientOptions::default()))));
    let said = told("Orders", || story(&orders));
    let unknown = told("now", || {
        WallClock::new(Arc::new(Client::new(server.address(), ClientOptions::default()))).now()
    });
    let status = match &unknown {
        Err(RpcError::Call(CallError::Remote { status, .. })) => Some(*status),
        _ => None,
    };
    if said.is_err() || status != Some(Status::UNKNOWN_SERVICE) {
        Failure::new("Your stubs call a real server, which has orders and no clock.")
            .expected("orders: Ok(()); clock: 108 unknown-service")
            .got(format_args!("orders: {said:?}; clock: {unknown:?}"))
            .because("The other tests say which of the two is wrong.")
            .page(PAGE)
            .raise();
    }
    server.stop().expect("it stops");
}

// ---- helpers ----

fn json(arguments: &Arguments<'_>) -> String {
    let body = Marshaller::default().write(Format { codec: 1, compressor: 0 }, arguments);
    String::from_utf8_lossy(&body.expect("a record has a JSON form").bytes).into_owned()
}

fn items() -> Vec<Item> {
    vec![Item { name: "tea".into(), quantity: 2, cents: 450 }]
}

#[track_caller]
fn orders(work: impl FnOnce(Orders) -> String, method: &str) -> ch04_proxy::Invocation {
    sent(method, "OrderService", 5, |proxy| work(Orders::over(proxy)))
}

#[track_caller]
fn orders_in_json(work: impl FnOnce(Orders) -> String, method: &str) -> ch04_proxy::Invocation {
    sent(method, "OrderService", 1, |proxy| work(Orders::over(proxy)))
}

#[track_caller]
fn clock(work: impl FnOnce(WallClock) -> String, method: &str) -> ch04_proxy::Invocation {
    sent(method, "wall.Clock:2.1", 5, |proxy| work(WallClock::over(proxy)))
}
