//! # Spec of 04-02: a dispatcher table
//!
//! What arrives at a server is words: a service, a method. Behind each pair of words stands one function, and
//! somebody has to find it. Three things can be wrong with words, and each has another cure: there is no such
//! service (ask another server), there is no such method (your program is newer than the server), or there are
//! two of the same name (nobody knows which one the caller means, so there must never be two).
//!
//! Finding is exact or it fails. A caller who asked for version 2.0 and gets 1.0 is not half served: he reads
//! an answer that means something else.

mod harness;

use std::net::TcpListener;
use std::sync::{Arc, Barrier};
use std::thread;

use bytes::Bytes;
use ch01_raw_tcp::Outcome;
use ch02_protocol::{ClientOptions, Reply, ServerOptions, Status};
use ch03_codec::shop::Shop;
use ch03_codec::{Limits, Marshaller};
use ch04_proxy::dispatcher::Occupied;
use ch04_proxy::handler::typed;
use ch04_proxy::orders::{OrderError, OrderService};
use ch04_proxy::{Client, Handler, Invocation, NoError, Proxy, RpcError, Server, Signature};
use dispatcher_table::{Methods, SHOWN, Table};
use harness::{PAGE, Ran, bounded, call, handler, key, methods, nobody, replied, table, told};
use spec_kit::Failure;

/// Six services whose names have much in common.
const SERVICES: [(&str, &[&str]); 6] = [
    ("OrderService", &["get_order", "place_order"]),
    ("OrderService:1.0", &["get_order", "cancel_order"]),
    ("OrderService:2.0", &["get_order", "get_order_2", "Get_Order", "get"]),
    ("blue/OrderService", &["get_order"]),
    ("blue/OrderService:2.0", &["get_order", "refund"]),
    ("Greeter", &["say_hello"]),
];

// ---- finding ----

#[test]
fn a_method_is_found_by_service_and_name() {
    let ran = Ran::default();
    let table = table(&SERVICES, &ran);
    for (service, names) in SERVICES {
        for name in names {
            check_found(&table, &ran, service, name);
        }
    }
}

#[test]
fn the_only_service_is_found_too() {
    let ran = Ran::default();
    check_found(&table(&[("Greeter", &["say_hello"])], &ran), &ran, "Greeter", "say_hello");
}

#[test]
fn an_unknown_service_is_answered_with_108() {
    let ran = Ran::default();
    let full = table(&SERVICES, &ran);
    let here =
        "Greeter, OrderService, OrderService:1.0, OrderService:2.0, blue/OrderService, blue/OrderService:2.0";
    for (service, why) in [
        ("OrderService:3.0", "There are three versions of this service, and 3.0 is none of them."),
        (
            "blue/OrderService:1.0",
            "There is a 1.0, and there is a group blue; there is no 1.0 in the group blue.",
        ),
        ("gray/OrderService", "There is no group gray."),
        ("blue/Greeter", "There is a Greeter, and not in the group blue."),
        ("Greeter:1.0", "There is a Greeter without a version, and nobody has asked for that one."),
        ("orderservice", "Small letters are other letters."),
        ("Order", "It is the beginning of a name, and no name."),
        ("OrderServices", "There is a letter too many."),
    ] {
        check_unknown_service(&full, &ran, service, here, why);
    }
    let one = table(&[("Greeter", &["say_hello"])], &ran);
    for service in ["OrderService", "Greeter:2.0", "say_hello"] {
        check_unknown_service(
            &one,
            &ran,
            service,
            "Greeter",
            "There is only one service here, and it is not the one that was called.",
        );
    }
    let empty = Table::new(Arc::default());
    check_unknown_service(&empty, &ran, "Greeter", "none", "There is no service at all.");
}

/// The one that was called is not there, and no other one stands in for it.
#[test]
fn a_key_that_is_nearly_right_is_unknown() {
    let ran = Ran::default();
    for (there, called, why) in [
        ("OrderService:2.0", "OrderService", "There is a 2.0, and none without a version."),
        ("OrderService:2.0", "OrderService:2", "There is a 2.0; 2 is another text."),
        ("OrderService:2", "OrderService:2.0", "There is a 2; 2.0 is another text."),
        ("OrderService", "OrderService:2.0", "There is one without a version, and no 2.0."),
        ("blue/OrderService", "OrderService", "There is one in the group blue, and none without a group."),
        (
            "blue/OrderService:2.0",
            "OrderService:2.0",
            "There is a 2.0 in the group blue, and none without a group.",
        ),
        (
            "blue/OrderService:2.0",
            "blue/OrderService",
            "There is a 2.0 in the group blue, and none without a version.",
        ),
        ("blue/OrderService:2.0", "OrderService", "There is a 2.0 in the group blue, and no plain one."),
        ("OrderService:2.0", "blue/OrderService:2.0", "There is a 2.0, and not in the group blue."),
        (
            "shop.OrderService",
            "OrderService",
            "The interface is called shop.OrderService, and all of that is its name.",
        ),
        (
            "OrderService",
            "shop.OrderService",
            "The interface is called OrderService, without anything before it.",
        ),
        ("OrderService", "orderService", "Small letters are other letters."),
        ("OrderServices", "OrderService", "A name begins so, and is longer."),
    ] {
        let here = format!("Greeter, {there}");
        let table = table(&[(there, &["get_order", "say_hello"]), ("Greeter", &["say_hello"])], &ran);
        check_unknown_service(&table, &ran, called, &here, why);
    }
}

#[test]
fn an_unknown_method_is_answered_with_102() {
    let ran = Ran::default();
    let full = table(&SERVICES, &ran);
    for (service, method, there, why) in [
        ("OrderService", "say_hello", "get_order, place_order", "Another service has a method of this name."),
        ("OrderService", "cancel_order", "get_order, place_order", "Version 1.0 has it. This one has not."),
        ("blue/OrderService", "refund", "get_order", "Version 2.0 in this group has it. This one has not."),
        ("OrderService", "GET_ORDER", "get_order, place_order", "Capital letters are other letters."),
        ("OrderService", "get", "get_order, place_order", "It is the beginning of a name, and no name."),
        ("OrderService", "get_order_2", "get_order, place_order", "A name begins so, and is shorter."),
        ("Greeter", "hello", "say_hello", "There is only one method here, and it is another."),
        ("OrderService:1.0", "place_order", "cancel_order, get_order", "The one without a version has it."),
    ] {
        check_no(
            &full,
            &ran,
            (service, method),
            Status::UNKNOWN_METHOD,
            &format!("no method {method} in {service}; there are: {there}"),
            why,
        );
    }
    let mut bare = Table::new(Arc::default());
    let _ = told("add(Empty)", || bare.add(key("Empty"), Methods::new()));
    check_no(
        &bare,
        &ran,
        ("Empty", "get_order"),
        Status::UNKNOWN_METHOD,
        "no method get_order in Empty; there are: none",
        "The service is there, and has no methods.",
    );
}

#[test]
fn a_text_lists_eight_names_at_most() {
    let ran = Ran::default();
    for count in [1, 2, SHOWN - 1, SHOWN, 1000, SHOWN + 1, SHOWN + 2] {
        let names: Vec<String> = (0..count).map(|number| format!("m{number:04}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut shown = names[..count.min(SHOWN)].join(", ");
        if count > SHOWN {
            shown += &format!(", and {} more", count - SHOWN);
        }
        let services: Vec<(&str, &[&str])> = names.iter().map(|name| (*name, &names[..1])).collect();
        check_no(
            &table(&services, &ran),
            &ran,
            ("Other", "get_order"),
            Status::UNKNOWN_SERVICE,
            &format!("no service Other; here: {shown}"),
            &format!("Services in the table: {count}."),
        );
        check_no(
            &table(&[("Only", &names)], &ran),
            &ran,
            ("Only", "get_order"),
            Status::UNKNOWN_METHOD,
            &format!("no method get_order in Only; there are: {shown}"),
            &format!("Methods of the service: {count}."),
        );
    }
}

// ---- running ----

#[test]
fn the_handler_gets_the_call_and_says_the_reply() {
    for answer in [
        Reply { codec: 5, compressor: 3, ..Reply::new(Status::SERVICE_ERROR, &b"\x13\x07"[..]) },
        Reply { codec: 1, ..Reply::new(Status::OK, "42") },
        Reply::new(Status::BUSY, "come back"),
        Reply::new(Status::BAD_ARGUMENTS, " get_order(id: u64): expected a number"),
        Reply::new(Status::UNKNOWN_METHOD, ""),
        Reply::new(Status::INTERNAL, "no room for the answer"),
    ] {
        check_handled(&answer);
    }
}

#[track_caller]
fn check_handled(answer: &Reply) {
    type Got = (Invocation, usize);
    let (send, receive) = std::sync::mpsc::channel::<Got>();
    let reply = answer.clone();
    let handler: Box<dyn Handler> = Box::new(move |invocation: &Invocation, marshaller: &Marshaller| {
        let _ = send.send((invocation.clone(), marshaller.limits.max_total));
        reply.clone()
    });
    let limits = Limits { max_total: 4321, ..Limits::default() };
    let mut table = Table::new(Arc::new(Marshaller { limits, ..Marshaller::default() }));
    let _ = told("add(OrderService)", || {
        table.add(key("OrderService"), Methods::from([("get_order".to_owned(), handler)]))
    });
    let mut invocation = call("OrderService", "get_order").accepting(3);
    invocation.arguments.bytes = Bytes::from_static(b"\x0a\x01\x13\x2a");
    invocation.metadata.set("token", "x").expect("it fits");
    let got = told("dispatch(OrderService.get_order)", || table.dispatch(&invocation));
    let seen: Vec<Got> = receive.try_iter().collect();
    if seen != [(invocation.clone(), 4321)] {
        let because = match &seen[..] {
            [] => "The handler was not asked.",
            [(seen, _)] if *seen != invocation => {
                "What it reads is in there: hand on the invocation that you got."
            }
            [_] => {
                "The marshaller is another one. The server's own, with its codecs and limits, is \
                 `self.marshaller`."
            }
            _ => {
                "Each call may place an order. Ask the handler once, also when it says that it is busy: whether to \
                  try again the caller decides."
            }
        };
        Failure::new(format_args!(
            "A call was dispatched, with arguments and metadata. The handler answered {}.",
            answer.status
        ))
        .expected("the handler is asked once, with this call and the table's own marshaller")
        .got(match &seen[..] {
            [] => "it is not asked".to_owned(),
            [(call, limit)] => {
                let call = if *call == invocation { "this call" } else { "another call" };
                let own = if *limit == 4321 { "the table's own marshaller" } else { "another marshaller" };
                format!("it is asked once, with {call} and {own}")
            }
            more => format!("it is asked {} times", more.len()),
        })
        .because(because)
        .page(PAGE)
        .raise();
    }
    if got != *answer {
        Failure::new("The handler has answered, and the caller gets something else.")
            .expected(format_args!("{answer:?}"))
            .got(format_args!("{got:?}"))
            .because("What the handler says is the reply: status, codec, compressor and body. Hand it on as it is.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn two_calls_are_inside_at_once() {
    let both = Arc::new(Barrier::new(2));
    let inside: Box<dyn Handler> = Box::new(move |_: &Invocation, _: &Marshaller| {
        both.wait(); // until the other call is inside, too
        Reply::ok("")
    });
    let mut table = Table::new(Arc::default());
    let _ = told("add(OrderService)", || {
        table.add(key("OrderService"), Methods::from([("place_order".to_owned(), inside)]))
    });
    told("dispatch(OrderService.place_order), from two threads", move || {
        bounded(move || {
            thread::scope(|scope| {
                let call = || table.dispatch(&call("OrderService", "place_order"));
                let calls = [scope.spawn(call), scope.spawn(call)];
                for call in calls {
                    call.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                }
            });
        });
    });
}

// ---- filling ----

#[test]
fn a_second_service_under_a_key_is_refused() {
    for (first, others) in [
        ("OrderService", &["Greeter", "blue/OrderService", "OrderService:2.0"][..]),
        ("blue/OrderService:2.0", &["OrderService"]),
        ("Greeter", &[]),
    ] {
        let ran = Ran::default();
        let mut services: Vec<(&str, &[&str])> = vec![(first, &["get_order"])];
        services.extend(others.iter().map(|&other| (other, &["get_order"][..])));
        let mut table = table(&services, &ran);
        let before = told("list()", || table.list());
        let second = Methods::from([
            ("get_order".to_owned(), handler("the second", &ran)),
            ("new_method".to_owned(), handler("the second", &ran)),
        ]);
        let got = told(&format!("add({first}), again"), || table.add(key(first), second));
        if got != Err(Occupied(key(first))) {
            Failure::new(format_args!("A second service was added under the key {first}."))
                .show("in the table", before.join("\n"))
                .expected(format_args!("{:?}", Err::<(), _>(Occupied(key(first)))))
                .got(format_args!("{got:?}"))
                .because(if got.is_err() {
                    "Refused is right. The error names the key that is taken."
                } else {
                    "Two services under one key: each call would reach one of them, and nobody can say which. It \
                     is a mistake in the program that fills the table, and it should hear of it when it starts."
                })
                .page(PAGE)
                .raise();
        }
        let after = told("list()", || table.list());
        let reply =
            told(&format!("dispatch({first}.get_order)"), || table.dispatch(&call(first, "get_order")));
        let ran = ran.take();
        let who = format!("{first}.get_order");
        if after != before || ran != [who.clone()] {
            let because = if ran != [who.clone()] {
                "`insert` of a map puts the new value in the place of the old one, and says so afterwards. Look \
                 before you put anything in."
            } else if after.len() > before.len() {
                "The refused service has left methods behind: the first one now has some that are not its own. Two \
                 services under one key do not become one; of the second nothing is taken."
            } else {
                "Who is refused changes nothing: each service that was there is there, with its methods."
            };
            Failure::new(format_args!(
                "A second service was refused under the key {first}. The first has changed."
            ))
            .show("in the table before", before.join("\n"))
            .show("in the table after", after.join("\n"))
            .expected(format_args!("the table as before; when {who} is called, {who} of the first one runs"))
            .got(format_args!(
                "{}; when {who} is called: {}; who ran: {}",
                if after == before { "the table as before" } else { "another table" },
                replied(&reply),
                nobody(&ran)
            ))
            .because(because)
            .page(PAGE)
            .raise();
        }
    }
}

#[test]
fn the_list_is_sorted() {
    let ran = Ran::default();
    let services: [(&str, &[&str]); 5] = [
        ("b.Service", &["z", "a", "m"]),
        ("a-b", &["one"]),
        ("a", &["two", "three"]),
        ("empty", &[]),
        ("a:1.0", &["two"]),
    ];
    let table = table(&services, &ran);
    let got = told("list()", || table.list());
    let expected = ["a.three", "a.two", "a-b.one", "a:1.0.two", "b.Service.a", "b.Service.m", "b.Service.z"];
    if got != expected {
        let mut sorted = got.clone();
        sorted.sort();
        let mut wanted = expected.map(str::to_owned).to_vec();
        wanted.sort();
        Failure::new("Five services, one of them without methods, were to be listed.")
            .show("expected", expected.join("\n"))
            .show("got", got.join("\n"))
            .because(if sorted == wanted {
                "All are there, in another order. First the keys in their order, then the names within each. \
                 Whoever sorts the texts instead sorts by what stands between the two: `-` comes before `.`."
            } else {
                "Each method of each service, once, as `service.method`. A service without methods has none."
            })
            .page(PAGE)
            .raise();
    }
    let empty = Table::new(Arc::default());
    let got = told("list()", || empty.list());
    if !got.is_empty() {
        Failure::new("An empty table was to be listed.")
            .expected("nothing")
            .got(format_args!("{got:?}"))
            .because("Each method of each service; and there is none.")
            .page(PAGE)
            .raise();
    }
}

// ---- the whole ----

/// Unknown service, unknown method, wrong arguments: three things for a caller to mend.
#[test]
fn a_server_serves_your_table() {
    let shop = Arc::new(Shop::default());
    let get_order = Signature { name: "get_order", arguments: &[("id", "u64")], returns: "Order" };
    let get_order = typed(get_order, move |id: Id| OrderService::get_order(&*shop, id.0[0]));
    let mut table = Table::new(Arc::default());
    let ran = Ran::default();
    let _ = told("add", || table.add(key("Greeter"), methods("Greeter", &["say_hello"], &ran)));
    let _ =
        told("add", || table.add(key("OrderService"), Methods::from([("get_order".to_owned(), get_order)])));
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback is there");
    let server = Server::start(listener, Arc::new(table), ServerOptions::default()).expect("it starts");
    let client = Arc::new(Client::new(server.address(), ClientOptions::default()));
    let ask = |service: &str, method: &'static str, arguments: &[u64]| {
        Proxy::new(key(service), client.clone()).call::<_, String, OrderError>(method, arguments)
    };
    for (service, method, arguments, status, outcome) in [
        ("OrderService:2.0", "get_order", &[42][..], Status::UNKNOWN_SERVICE, Outcome::NeverRan),
        ("OrderService", "say_hello", &[42], Status::UNKNOWN_METHOD, Outcome::NeverRan),
        ("OrderService", "get_order", &[], Status::BAD_ARGUMENTS, Outcome::NeverRan),
        ("OrderService", "get_order", &[42], Status::SERVICE_ERROR, Outcome::RanAndFailed),
    ] {
        let got = ask(service, method, arguments);
        let right = got.as_ref().err().map(|error| (error.status(), error.outcome()));
        if right != Some((Some(status), outcome)) {
            Failure::new(format_args!("Over a socket, {service}.{method} was called with {arguments:?}."))
                .expected(format_args!("{status}: it {outcome}"))
                .got(format_args!("{got:?}"))
                .because("If other tests are red too, begin with them: they look at one thing at a time.")
                .page(PAGE)
                .raise();
        }
    }
    let missing: Result<(), RpcError<NoError>> =
        Proxy::new(key("Nobody"), client.clone()).call("at_all", &());
    let text = missing.map_err(|error| error.to_string());
    let expected = "the server answered 108 unknown-service: no service Nobody; here: Greeter, OrderService";
    if text.as_ref().err().map(String::as_str) != Some(expected) {
        Failure::new("Over a socket, a service was called that is not there.")
            .expected(expected)
            .got(format_args!("{text:?}"))
            .because("If other tests are red too, begin with them: they look at one thing at a time.")
            .page(PAGE)
            .raise();
    }
    server.stop().expect("it stops");
}

/// One number, in a list.
#[derive(serde::Deserialize)]
struct Id([u64; 1]);

#[track_caller]
fn check_found(table: &Table, ran: &Ran, service: &str, method: &str) {
    let who = format!("{service}.{method}");
    let got = told(&format!("dispatch({who})"), || table.dispatch(&call(service, method)));
    let ran = ran.take();
    if ran != [who.clone()] || got != Reply::ok(who.clone()) {
        let because = if ran.len() > 1 {
            "Each call may place an order. Ask the handler once, and keep what it says."
        } else if ran.is_empty() {
            "It is in the table: under this key, and under this name."
        } else if ran[0] != who {
            "Another function ran than the one that was called. The key counts as a whole, group and version \
             included; a method counts in its own service only, and its name to the last letter."
        } else {
            "The right one ran. What it says is the reply: hand it on as it is."
        };
        Failure::new(format_args!("{who} was called."))
            .expected(format_args!("{}; who ran: {who}", replied(&Reply::ok(who.clone()))))
            .got(format_args!("{}; who ran: {}", replied(&got), nobody(&ran)))
            .because(because)
            .page(PAGE)
            .raise();
    }
}

#[track_caller]
fn check_unknown_service(table: &Table, ran: &Ran, service: &str, here: &str, why: &str) {
    for method in ["get_order", "say_hello", "no_such_method"] {
        let text = format!("no service {service}; here: {here}");
        check_no(table, ran, (service, method), Status::UNKNOWN_SERVICE, &text, why);
    }
}

/// Nobody runs, and the caller is told why.
#[track_caller]
fn check_no(
    table: &Table,
    ran: &Ran,
    (service, method): (&str, &str),
    status: Status,
    text: &str,
    why: &str,
) {
    let got = told(&format!("dispatch({service}.{method})"), || table.dispatch(&call(service, method)));
    let ran = ran.take();
    if ran.is_empty() && got == Reply::new(status, text.to_owned()) {
        return;
    }
    let said = String::from_utf8_lossy(&got.body);
    let because = if !ran.is_empty() {
        format!(
            "{} ran, and nobody has called it. What is called by another name is another function: the caller \
             would read an answer to a question that he has not asked.",
            ran[0]
        )
    } else if got.status == Status::OK {
        "OK says that the body is the result. The caller will read your text as one.".to_owned()
    } else if got.status != status && got.status.outcome() != Some(Outcome::NeverRan) {
        "Nothing ran, and your status does not say so. The caller dares not ask again, here or elsewhere."
            .to_owned()
    } else if got.status != status {
        "A service that is not here may be on another server; a method that is not in its service is nowhere. \
         The caller does different things about the two: 108 and 102."
            .to_owned()
    } else if got.codec != 0 || got.compressor != 0 {
        "The text is for people: codec 0, compressor 0. `Reply::new` does that.".to_owned()
    } else if !said.contains(method) && status == Status::UNKNOWN_METHOD || !said.contains(service) {
        "The text does not say what was called. In a log of a thousand calls nobody finds out.".to_owned()
    } else if said.len() > text.len() + 100 {
        "The text is long, and every caller with a typing mistake gets it. A thousand services are a page full; \
         the first eight and a number are a line."
            .to_owned()
    } else {
        "The status is right, the text is another one. The contract has it word by word; names are in the order \
         of the table, and of more than eight the first eight are named."
            .to_owned()
    };
    Failure::new(format_args!("{service}.{method} was called. {why}"))
        .expected(format_args!("{}; who ran: nobody", replied(&Reply::new(status, text.to_owned()))))
        .got(format_args!("{}; who ran: {}", replied(&got), nobody(&ran)))
        .because(because)
        .page(PAGE)
        .raise();
}
