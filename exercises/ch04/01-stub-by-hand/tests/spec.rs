//! # Spec of 04-01: a stub by hand
//!
//! A stub stands where the service is not. Whoever calls `get_order(42)` on it does not see bytes, frames or
//! sockets, and must not: the method looks like that of the shop itself. One thing it cannot hide. Between the
//! caller and the shop is a network, so each call has endings which the shop does not have: no reply came, or
//! one that says "I never ran this", or one that nobody can read.
//!
//! So a stub is two translations, and nothing else. There: a method and its arguments become a value. Back: a
//! reply becomes a result, and every ending stays the ending that it was. A caller who is told "never ran"
//! orders again.

mod harness;

use std::fmt::{Debug, Display};
use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use ch01_raw_tcp::Outcome;
use ch02_protocol::{CallError, ClientOptions, Reply, Status};
use ch03_codec::compress::Policy;
use ch03_codec::shop::{Order, Shop};
use ch03_codec::{Format, Limits, Marshaller};
use ch04_proxy::orders::{OrderError, OrderService};
use ch04_proxy::{Client, Dispatcher, Invoker, Proxy, RpcError, Server};
use harness::{
    GetOrder, JSON, ListOrders, PAGE, PlaceOrder, SayHello, TAGGED, Wire, all_called, called, items, key,
    order, replied, reply, said, skeleton, stub, stub_in, told,
};
use serde::Serialize;
use spec_kit::Failure;
use stub_by_hand::ByHand;

// ---- there: a call becomes a value ----

#[test]
fn say_hello_makes_its_call() {
    check_call(
        "stub.say_hello(\"world\")",
        ("say_hello", &SayHello { name: "world".into() }),
        &String::from("Hello world"),
        |stub| stub.say_hello("world"),
    );
}

#[test]
fn place_order_makes_its_call() {
    let three = [items(), items()[..1].to_vec()].concat();
    for (items, note, drawn) in [
        (items(), Some("by the door".to_owned()), "[pen, discount], Some(\"by the door\")"),
        (items(), None, "[pen, discount], None"),
        (items(), Some(String::new()), "[pen, discount], Some(\"\")"),
        (items(), Some(" by the door ".repeat(200)), "[pen, discount], Some(\" by the door …\")"),
        (three, None, "[pen, discount, pen], None"),
        (Vec::new(), None, "[], None"),
    ] {
        check_call(
            &format!("stub.place_order(\"Ann\", {drawn})"),
            ("place_order", &PlaceOrder { customer: "Ann".into(), items: items.clone(), note: note.clone() }),
            &7u64,
            |stub| stub.place_order("Ann", &items, note.clone()),
        );
    }
}

#[test]
fn get_order_makes_its_call() {
    // The second one has more bits than a u32: cut off, it would be 42.
    for id in [42, (1 << 32) + 42, u64::MAX] {
        check_call(&format!("stub.get_order({id})"), ("get_order", &GetOrder { id }), &order(id), |stub| {
            stub.get_order(id)
        });
    }
}

#[test]
fn list_orders_makes_its_call() {
    for (from, count) in [(300, 2), ((1 << 32) + 300, 70_000)] {
        check_call(
            &format!("stub.list_orders({from}, {count})"),
            ("list_orders", &ListOrders { from, count }),
            &vec![order(from), order(from + 1)],
            |stub| stub.list_orders(from, count),
        );
    }
}

/// One call with each format: the invocation is that of the chapter's proxy, and the result arrives.
#[track_caller]
fn check_call<A: Serialize, T: Serialize + PartialEq + Debug>(
    what: &str,
    (method, arguments): (&'static str, &A),
    answer: &T,
    work: impl Fn(&ByHand) -> Result<T, RpcError<OrderError>>,
) {
    for (format, service) in [(TAGGED, "OrderService"), (JSON, "blue/shop.OrderService:2.0")] {
        let model = Wire::replying(Reply::new(Status::BUSY, ""));
        let proxy = Proxy::new(key(service), model.clone()).with_format(format);
        let _: Result<(), RpcError<()>> = proxy.call(method, arguments);
        let expected = model.sent().remove(0);

        let wire = Wire::replying(reply(Status::OK, format, answer));
        let got = told(what, &replied(&reply(Status::OK, format, answer)), || {
            work(&stub_in(format, service, wire.clone()))
        });
        let sent = wire.sent();
        let [one] = &sent[..] else {
            Failure::new(format_args!("`{what}` is one call."))
                .show("what you sent", all_called(&sent))
                .show("what you gave back", said(&got))
                .expected("1 call")
                .got(format_args!("{} calls", sent.len()))
                .because(if sent.is_empty() {
                    "Only the other side knows the answer. Make an `Invocation` of the call, and hand it to the \
                     invoker."
                } else {
                    "Each call may place an order. Ask the invoker once, and keep what it says."
                })
                .page(PAGE)
                .raise()
        };
        if *one != expected {
            let because = if one.service() != expected.service() {
                "Which service is called stands in `self.service`: group, interface and version. A stub for \
                 version 2.0 that calls another one gets the answers of another one."
            } else if one.method() != expected.method() {
                "The other side finds the method by its name, letter by letter. It is the name in the trait."
            } else if one.arguments.format.codec != expected.arguments.format.codec {
                "In which format this stub asks stands in `self.format`."
            } else if one.arguments.format != expected.arguments.format {
                "A long question is compressed, when the format says so. `marshaller.write` does that; give it \
                 `self.format` as it is, and hand on the body that it makes, with the format in it."
            } else if one.arguments.bytes != expected.arguments.bytes {
                "The arguments are a record with a field for each, in the order of the method, each with its own \
                 value, as the caller gave it: a large number, a third item, an empty note. The struct for them \
                 stands at the top of the file."
            } else if one.accept() != expected.accept() {
                "How the answer may be compressed is not seen in the question: a short question is sent raw. \
                 `accepting(self.format.compressor)` says it. Without it ten thousand orders come as they are."
            } else {
                "The names are right, and so are the bytes. The call has something that the proxy's has not."
            };
            Failure::new(format_args!("`{what}` sent another call."))
                .show("what the chapter's proxy sends", called(&expected))
                .show("what you sent", called(one))
                .because(because)
                .page(PAGE)
                .raise();
        }
        check_result(
            &format!("`{what}` was answered."),
            &reply(Status::OK, format, answer),
            &got,
            &format!("Ok({answer:?})"),
            |got| matches!(got, Ok(got) if got == answer),
            "The reply is OK, so its body is the result. `marshaller.read` makes a value of a `Body`.",
        );
    }
}

#[test]
fn the_answer_may_be_compressed_as_the_question_may() {
    for (compressor, accept) in [(0, &[][..]), (1, &[1]), (3, &[3])] {
        let format = Format { codec: 5, compressor };
        let wire = Wire::replying(reply(Status::OK, format, &order(42)));
        let _ = told("stub.get_order(42)", "an order", || {
            stub_in(format, "OrderService", wire.clone()).get_order(42)
        });
        let sent = wire.sent();
        if sent.first().map(|one| one.accept()) != Some(accept) {
            Failure::new(format_args!("A stub whose format has the compressor {compressor} made a call."))
                .show("what you sent", all_called(&sent))
                .expected(format_args!("it accepts {accept:?}"))
                .got(sent.first().map_or("no call".to_owned(), |one| format!("it accepts {:?}", one.accept())))
                .because(
                    "The question is short, and goes as it is; the answer may be long. So the call says beside \
                     its arguments how the answer may come: `accepting(self.format.compressor)`. 0 says nothing.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn what_cannot_be_written_is_not_sent() {
    let wire = Wire::replying(reply(Status::OK, TAGGED, &order(42)));
    let format = Format { codec: 99, compressor: 0 };
    let got =
        told("stub.get_order(42)", "nothing", || stub_in(format, "OrderService", wire.clone()).get_order(42));
    if !matches!(got, Err(RpcError::Arguments(_))) || !wire.sent().is_empty() {
        Failure::new("The stub was to ask in codec 99, and nobody here knows that.")
            .show("what you sent", all_called(&wire.sent()))
            .expected("Err(Arguments(UnknownCodec(…))), and nothing is sent")
            .got(said(&got))
            .because(
                "The arguments have no body, so there is no call. Say that with `RpcError::Arguments`: the caller \
                 learns that it never ran, and that this program is to blame.",
            )
            .page(PAGE)
            .raise();
    }
}

/// One that compresses whatever it gets, and reads short texts only.
#[test]
fn the_stubs_own_marshaller_writes_and_reads() {
    let own = || Marshaller {
        policy: Policy { threshold: 0, at_most_percent: 1000 },
        limits: Limits { max_text: 20, ..Limits::default() },
        ..Marshaller::default()
    };
    let stub = |wire: Arc<Wire>| ByHand {
        marshaller: Arc::new(own()),
        format: TAGGED,
        service: key("OrderService"),
        invoker: wire,
    };
    let wire = Wire::replying(reply(Status::OK, TAGGED, &"a greeting that is longer than twenty bytes"));
    let got = told("stub.say_hello(\"world\")", "a greeting", || stub(wire.clone()).say_hello("world"));
    let expected = own().write(TAGGED, &SayHello { name: "world".into() }).expect("it has a body");
    let sent = wire.sent();
    if sent.first().map(|one| &one.arguments) != Some(&expected) {
        Failure::new("The stub has a marshaller of its own, which compresses short questions, too.")
            .show("what you sent", all_called(&sent))
            .expected(format_args!("{} bytes with compressor 1", expected.bytes.len()))
            .because("Which codecs there are, and when a body is compressed, `self.marshaller` knows.")
            .page(PAGE)
            .raise();
    }
    if !matches!(&got, Err(RpcError::Answer { source, .. }) if source.limit().is_some()) {
        Failure::new("The stub has a marshaller of its own, which reads no text of more than twenty bytes.")
            .expected("Err(Answer { status: Status(0 ok), … }): the text is too long")
            .got(said(&got))
            .because("What an answer may ask for, `self.marshaller` knows. Another one has other limits.")
            .page(PAGE)
            .raise();
    }
}

// ---- back: a reply becomes a result ----

#[test]
fn an_answer_is_read_as_it_is_written() {
    let orders: Vec<Order> = (1..=40).map(order).collect();
    for (codec, compressor) in [(1, 0), (1, 2), (5, 0), (5, 3), (3, 0), (2, 1)] {
        let answer = reply(Status::OK, Format { codec, compressor }, &orders);
        check_reply(
            &format!(
                "The question was in codec 5; the answer came in codec {codec}, compressor {compressor}."
            ),
            &answer,
            |stub| stub.list_orders(1, 40),
            "Ok(forty orders)",
            |got| matches!(got, Ok(got) if *got == orders),
            "The reply says itself how it is written: `reply.codec` and `reply.compressor`. Put those into the \
             `Format` of the `Body` that you read, not those of the question.",
        );
    }
}

#[test]
fn the_services_own_error_comes_as_a_value() {
    for error in [
        OrderError::NotFound { id: 42 },
        OrderError::BadOrder { why: "no ".repeat(1000) },
        OrderError::Full { capacity: 10_000 },
    ] {
        for format in [TAGGED, JSON, Format { codec: 3, compressor: 2 }] {
            check_reply(
                "The service ran, and said no in its own words.",
                &reply(Status::SERVICE_ERROR, format, &error),
                |stub| stub.get_order(42),
                &format!("Err(Service({}))", shortened(&error)),
                |got| matches!(got, Err(RpcError::Service(got)) if *got == error),
                "304 says that the body is the service's own error: a value, written as the reply says, and not \
                 a text for people. Read it as you read a result. Then whoever called can `match` on it, as if \
                 he stood beside the shop.",
            );
        }
    }
}

#[test]
fn any_other_status_comes_with_its_text() {
    for (status, text) in [
        (Status::UNKNOWN_SERVICE, "no service OrderService; here: Greeter"),
        (Status::UNKNOWN_METHOD, "no method get_order in OrderService"),
        (Status::BAD_ARGUMENTS, "get_order(id: u64): expected a number"),
        (Status::BUSY, ""),
        (Status::INTERNAL, "OrderService.get_order panicked"),
        (Status::NOT_FOUND, "no order 42: größer gibt es nicht"),
        (Status::BAD_ARGUMENT, "an order needs an item"),
        (Status::REPLY_TOO_LONG, " 10,000 orders do not fit \n"),
        (Status::BAD_REQUEST, &"a long story ".repeat(100)),
        (Status(142), "a status of tomorrow"),
        (Status(399), "another"),
        (Status(65535), "and one that nobody will ever mean"),
    ] {
        check_reply(
            &format!("The server answered with {status}."),
            &Reply::new(status, text.to_owned()),
            |stub| stub.get_order(42),
            &format!("Err(Call(Remote {{ status: Status({status}), text: {} }}))", shortened(&text)),
            |got| matches!(got, Err(RpcError::Call(CallError::Remote { status: s, text: t })) if (*s, &**t) == (status, text)),
            "Only 0 and 304 have a value in the body. All others, also those which nobody has invented yet, have \
             a text for people. Status and text go to the caller as they came, to the last blank: \
             `CallError::Remote`.",
        );
    }
}

/// It may look like a result, down to the codec byte.
#[test]
fn an_errors_text_is_never_a_result() {
    let because = "Whether the body is a value is said by the status, not by the body, nor by the codec byte. Ask the \
                   status first: a body that belongs to no value is a text, byte for byte.";
    for status in [Status::INTERNAL, Status::BAD_ARGUMENT, Status::NOT_FOUND, Status(199)] {
        let expected =
            |text: &str| format!("Err(Call(Remote {{ status: Status({status}), text: {text:?} }}))");
        let is = |got: &RpcError<OrderError>, text: &str| matches!(got, RpcError::Call(CallError::Remote { status: s, text: t }) if (*s, &**t) == (status, text));
        let text = "\"Hello world\"";
        check_reply(
            &format!("The server answered with {status}, and its text looks like a greeting in JSON."),
            &Reply { codec: 1, ..Reply::new(status, text) },
            |stub| stub.say_hello("world"),
            &expected(text),
            |got| got.as_ref().is_err_and(|got| is(got, text)),
            because,
        );
        let error = reply(status, JSON, &OrderError::NotFound { id: 42 });
        let text = String::from_utf8_lossy(&error.body);
        check_reply(
            &format!(
                "The server answered with {status}, and its text looks like an error of the shop in JSON."
            ),
            &error,
            |stub| stub.get_order(42),
            &expected(&text),
            |got| got.as_ref().is_err_and(|got| is(got, &text)),
            "Only 304 says that the body is the service's own error. After 201 nobody knows whether the call ran; \
             after 304 everybody does.",
        );
    }
}

#[test]
fn a_text_that_is_not_utf_8_is_still_a_text() {
    check_reply(
        "The server answered with 103 busy, and its text is not UTF-8.",
        &Reply::new(Status::BUSY, &b"caf\xe9 closed"[..]),
        |stub| stub.get_order(42),
        "Err(Call(Remote { status: Status(103 busy), text: \"caf\u{fffd} closed\" }))",
        |got| matches!(got, Err(RpcError::Call(CallError::Remote { status: Status::BUSY, text })) if text == "caf\u{fffd} closed"),
        "A `Remote` like any other: the status is good, and the caller needs it. `String::from_utf8_lossy` puts a mark in the place of what \
         is no UTF-8, and keeps the rest.",
    );
}

#[test]
fn an_answer_that_cannot_be_read_keeps_its_status() {
    for (status, outcome) in
        [(Status::OK, Outcome::MayHaveRun), (Status::SERVICE_ERROR, Outcome::RanAndFailed)]
    {
        for (answer, what) in [
            (Reply { codec: 5, ..Reply::new(status, &b"\xff\xff"[..]) }, "its body is no value"),
            (Reply { codec: 1, ..Reply::new(status, "\"a text\"") }, "its body is a value of another type"),
            (Reply { codec: 99, ..Reply::new(status, "?") }, "nobody here knows its codec"),
            (Reply::new(status, "no codec at all"), "its codec is 0"),
            (
                Reply { codec: 5, compressor: 1, ..Reply::new(status, "not deflated at all") },
                "it cannot be unpacked",
            ),
        ] {
            check_reply(
                &format!("The server answered {status}, and {what}."),
                &answer,
                |stub| stub.get_order(42),
                &format!(
                    "Err(Answer {{ status: Status({status}), … }})\n            The caller assumes: {outcome}."
                ),
                |got| matches!(got, Err(error @ RpcError::Answer { status: s, .. }) if *s == status && error.outcome() == outcome),
                "The call ran, and what it said is lost: `RpcError::Answer`, with the status that came, and the reason. \
                 Whoever calls this an error of the arguments tells the caller that it never ran. He will order \
                 again.",
            );
        }
    }
}

#[test]
fn no_reply_is_handed_on_as_it_is() {
    type Error = fn() -> CallError;
    let errors: [(Error, &str); 4] = [
        (|| CallError::NoReply { source: io::ErrorKind::TimedOut.into() }, "no reply came in time"),
        (|| CallError::Ended { why: "the server went".into() }, "the connection had ended before"),
        (|| CallError::TooManyInFlight { capacity: 8 }, "too many calls were in flight"),
        (
            || CallError::GoneAway { status: Status::SHUTTING_DOWN, text: "bye".into() },
            "the server goes away",
        ),
    ];
    for (error, what) in errors {
        let wire = Wire::new(move |_| Err(error()));
        let got =
            told("stub.get_order(42)", &format!("Err({:?})", error()), || stub(wire.clone()).get_order(42));
        let same = matches!(&got, Err(RpcError::Call(got)) if format!("{got:?}") == format!("{:?}", error()));
        if !same || wire.sent().len() != 1 {
            Failure::new(format_args!("The invoker had no reply: {what}."))
                .expected(format_args!("Err(Call({:?})), after 1 call", error()))
                .got(format_args!("{}\n            Calls: {}.", said(&got), wire.sent().len()))
                .because(
                    "The invoker's error says whether the call may have run, and only the invoker knows. `?` hands \
                     it on: an `RpcError` is made of it by `From`. A status is what a server says, and here none \
                     has said anything.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_call_is_sent_once_however_it_ends() {
    for status in [Status::OK, Status::BUSY, Status::SERVICE_ERROR, Status::INTERNAL] {
        let answer = Reply { status, ..reply(Status::OK, TAGGED, &order(42)) };
        let wire = Wire::replying(answer.clone());
        let _ = told("stub.get_order(42)", &replied(&answer), || stub(wire.clone()).get_order(42));
        if wire.sent().len() != 1 {
            Failure::new(format_args!("The answer was {status}."))
                .expected("1 call")
                .got(format_args!("{} calls", wire.sent().len()))
                .because(
                    "A stub asks once. Whether to ask again depends on the method, on the caller's time and on \
                     the server's state; 04-04 puts a filter around the stub for that.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

// ---- the whole ----

/// What a caller does. He cannot tell whether the shop is near or far. [F-01]
fn story<S: OrderService<Error: Display>>(shop: &S) -> Vec<String> {
    let told = |result: Result<String, S::Error>| result.unwrap_or_else(|error| format!("no: {error}"));
    let order = |order: Order| format!("{order:?}");
    vec![
        told(shop.say_hello("world")),
        told(shop.place_order("Ann", &items(), None).map(|id| id.to_string())),
        told(shop.place_order("Zoë", &items(), Some("by the door".into())).map(|id| id.to_string())),
        told(shop.get_order(2).map(order)),
        told(shop.list_orders(1, 10).map(|orders| format!("{orders:?}"))),
        told(shop.list_orders(2, 1).map(|orders| format!("{orders:?}"))),
        told(shop.get_order(9).map(order)),
        told(shop.place_order("Bob", &[], None).map(|id| id.to_string())),
    ]
}

#[test]
fn near_and_far_tell_the_same_story() {
    let near = story(&Shop::default());

    let mut dispatcher = Dispatcher::new(Arc::new(Marshaller::default()));
    dispatcher.add(skeleton(Arc::default())).expect("one service");
    check_story("over a dispatcher in this process", &near, &stub(Arc::new(dispatcher)));

    let builder = Server::builder().service(skeleton(Arc::default()));
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback is there");
    let server = builder.start(listener).expect("it starts");
    let client: Arc<dyn Invoker> = Arc::new(Client::new(server.address(), ClientOptions::default()));
    for format in [TAGGED, JSON] {
        let missing = stub_in(format, "OrderService:9.0", Arc::clone(&client)).get_order(1);
        let status = missing.as_ref().err().and_then(RpcError::status);
        if status != Some(Status::UNKNOWN_SERVICE) {
            Failure::new("The server was asked for a version of the service that it does not have.")
                .expected("Err(Call(Remote { status: Status(108 unknown-service), … }))")
                .got(said(&missing))
                .because("If other tests are red too, begin with them: they look at one thing at a time.")
                .page(PAGE)
                .raise();
        }
    }
    check_story("over a socket", &near, &stub(client));
    server.stop().expect("it stops");
}

#[track_caller]
fn check_story(where_: &str, near: &[String], stub: &ByHand) {
    let far = told("the story", "answers of the shop", || story(stub));
    if let Some((near, far)) = near.iter().zip(&far).find(|(near, far)| near != far) {
        Failure::new(format_args!("The same caller has called a shop beside him, and your stub {where_}."))
            .expected(near)
            .got(far)
            .because("If other tests are red too, begin with them: they look at one thing at a time.")
            .page(PAGE)
            .raise();
    }
}

/// One call, whose answer is given.
#[track_caller]
fn check_reply<T: Debug>(
    symptom: &str,
    answer: &Reply,
    work: impl Fn(&ByHand) -> Result<T, RpcError<OrderError>>,
    expected: &str,
    right: impl Fn(&Result<T, RpcError<OrderError>>) -> bool,
    because: &str,
) {
    let wire = Wire::replying(answer.clone());
    let got = told("a call", &replied(answer), || work(&stub(wire)));
    check_result(symptom, answer, &got, expected, right, because);
}

#[track_caller]
fn check_result<T: Debug>(
    symptom: &str,
    answer: &Reply,
    got: &Result<T, RpcError<OrderError>>,
    expected: &str,
    right: impl Fn(&Result<T, RpcError<OrderError>>) -> bool,
    because: &str,
) {
    if !right(got) {
        Failure::new(symptom)
            .show("what came back", replied(answer))
            .expected(expected)
            .got(said(got))
            .because(because)
            .page(PAGE)
            .raise();
    }
}

fn shortened(what: &impl Debug) -> String {
    let text = format!("{what:?}");
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
