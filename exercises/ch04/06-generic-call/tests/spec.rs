//! # Spec of 04-06: generic invocation
//!
//! A stub knows its interface: the compiler looks at every argument, long before anything is sent. A tool that calls
//! what it was never compiled with has none of that. It has a name and some JSON from a command line, and it has
//! what the server says of its methods: names, and types as texts.
//!
//! That is little, and it is enough to find most mistakes before they travel: a name that is misspelt, a value too
//! many, one that is missing. What the types mean, only the server knows. So values are not touched on their way.
//!
//! The other half is a call without a stub: the invocation is written by hand, and the answer is whatever it says.

mod harness;

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use ch02_protocol::ClientOptions;
use ch03_codec::shop::Shop;
use ch03_codec::{CodecTable, Format, Limits, Marshaller};
use ch04_proxy::key::MAX_METHOD;
use ch04_proxy::orders::order_service_skeleton;
use ch04_proxy::reflection::ServiceInfo;
use ch04_proxy::{CallError, Client, NameError, Reply, RpcError, Server, Status};
use generic_call::Why;
use harness::{
    Called, PAGE, call, call_to, check_refused, check_taken, get_order, json, place_order, reply, sent,
    services, set, shop, shown, told, total,
};
use serde_json::Value;
use spec_kit::Failure;

const JSON: Format = Format { codec: 1, compressor: 0 };

// ---- target ----

#[test]
fn the_method_stands_behind_the_last_point() {
    for (text, service, method) in [
        ("OrderService.get_order", "OrderService", "get_order"),
        ("shop.OrderService.get_order", "shop.OrderService", "get_order"),
        ("OrderService:1.0.get_order", "OrderService:1.0", "get_order"),
        ("blue/com.shop.Order$Service:1.0-rc.2.x", "blue/com.shop.Order$Service:1.0-rc.2", "x"),
        ("a.b/C:1.d", "a.b/C:1", "d"),
        ("OrderService.getOrder", "OrderService", "getOrder"),
        ("get.get.getter.get", "get.get.getter", "get"),
    ] {
        let got = told("target", text, || generic_call::target(text));
        let right = matches!(&got, Ok(got) if (got.service.as_str(), &*got.method) == (service, method));
        if !right {
            Failure::new("A method is called by its whole name.")
                .show("the name", text)
                .expected(format_args!("service {service}, method {method}"))
                .got(match got {
                    Ok(got) => format!("service {}, method {}", got.service, got.method),
                    Err(error) => format!("an error: {error}"),
                })
                .because(
                    "Interfaces, versions and groups may contain points, and methods may not. So it is the last \
                     point that ends the service.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn what_is_no_name_is_refused() {
    let bad = |what, name: &str| NameError::BadCharacter { what, name: name.to_owned() };
    let long = format!("OrderService.{}", "x".repeat(MAX_METHOD + 1));
    for (text, expected) in [
        ("", NameError::Empty { what: "method" }),
        ("get_order", NameError::Empty { what: "method" }),
        ("OrderService.", NameError::Empty { what: "method" }),
        (".get_order", NameError::Empty { what: "interface" }),
        ("/OrderService.get_order", NameError::Empty { what: "group" }),
        ("OrderService:.get_order", NameError::Empty { what: "version" }),
        ("OrderService.get order", bad("method", "get order")),
        ("OrderService.get-order", bad("method", "get-order")),
        // The method is forgotten, and the version has a point.
        ("OrderService:1.0", bad("method", "0")),
        ("Order Service.get_order", bad("interface", "Order Service")),
        ("OrderService.get_order ", bad("method", "get_order ")),
        ("a/b/c.get_order", bad("interface", "b/c")),
        (&long, NameError::TooLong { what: "method", length: MAX_METHOD + 1, limit: MAX_METHOD }),
    ] {
        let got = told("target", text, || generic_call::target(text));
        if got.as_ref().err() != Some(&expected) {
            Failure::new("This is no name of a method.")
                .show("the name", format_args!("{text:?}"))
                .expected(format_args!("an error: {expected}"))
                .got(match got {
                    Ok(got) => format!("service {}, method {:?}", got.service, got.method),
                    Err(error) => format!("an error: {error}"),
                })
                .because(
                    "`check_method` looks at the method, `ServiceKey::parse` at the rest; take neither of their \
                     names for granted, and change none. Without a point there is no method.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

// ---- arguments ----

#[test]
fn an_object_is_taken_by_its_names() {
    for (method, text, expected) in [
        (get_order(), r#"{"id": 42}"#, r#"{"id":42}"#),
        (get_order(), r#"{"id": "forty-two"}"#, r#"{"id":"forty-two"}"#),
        (
            place_order(),
            r#"{"note": "ring", "customer": "Ann", "items": [{"name": "tea"}]}"#,
            r#"{"customer":"Ann","items":[{"name":"tea"}],"note":"ring"}"#,
        ),
        (total(), r#"{"cents": [1, 2]}"#, r#"{"cents":[1,2]}"#),
    ] {
        check_taken(
            &method,
            text,
            expected,
            "Every argument of the method is there, and nothing else: take it as it is. Whether a value has the \
             right type only the server can say.",
        );
    }
}

#[test]
fn an_array_is_taken_in_the_order_of_the_method() {
    for (method, text, expected) in [
        (get_order(), "[42]", r#"{"id":42}"#),
        (
            place_order(),
            r#"["Ann", [{"name": "tea"}], "ring"]"#,
            r#"{"customer":"Ann","items":[{"name":"tea"}],"note":"ring"}"#,
        ),
        (set(), r#"["CET", 5, 17]"#, r#"{"zone":"CET","minutes":5,"hours":17}"#),
    ] {
        check_taken(
            &method,
            text,
            expected,
            "The first value is the method's first argument, and so on. `method.arguments` has them in their \
             order; a `Map` has its names in another one.",
        );
    }
}

#[test]
fn an_array_is_always_the_arguments() {
    let because = "An array is always a list of arguments, also when the only argument is a list itself. A rule \
                   with an exception for it would make one text mean two things.";
    check_taken(&total(), "[[1, 2]]", r#"{"cents":[1,2]}"#, because);
    check_taken(&total(), "[[]]", r#"{"cents":[]}"#, because);
    let count = |expected, got| move |why: &Why| *why == Why::Count { expected, got };
    check_refused(&total(), "[1, 2]", "expected 1 arguments, got 2", count(1, 2), because);
    check_refused(&total(), "[]", "expected 1 arguments, got 0", count(1, 0), because);
}

#[test]
fn nothing_is_no_arguments() {
    for text in ["", " \n", "{}", " { } ", "[]"] {
        check_taken(
            &services(),
            text,
            "{}",
            "No arguments are an object without names. Whoever calls such a method need not type anything.",
        );
    }
    for text in ["", "  ", "{}"] {
        check_refused(
            &place_order(),
            text,
            "missing: customer, items, note",
            |why| names(why, &["customer", "items", "note"], &[]),
            "Nothing is an object without names, for every method. Here all three are missing.",
        );
    }
}

#[test]
fn every_number_arrives_as_it_was_typed() {
    for number in ["18446744073709551615", "9007199254740993", "-9223372036854775808", "0.1", "1e300", "-0.0"]
    {
        for (method, text, expected) in [
            (get_order(), format!(r#"{{"id": {number}}}"#), format!(r#"{{"id":{number}}}"#)),
            (get_order(), format!("[{number}]"), format!(r#"{{"id":{number}}}"#)),
            (
                total(),
                format!(r#"[[{number}, {{"x": {number}}}]]"#),
                format!(r#"{{"cents":[{number},{{"x":{number}}}]}}"#),
            ),
        ] {
            check_taken(
                &method,
                &text,
                &expected,
                "A value is not touched. An f64 has 53 bits for the digits: ids above 9007199254740992 lose their \
                 last ones, and somebody gets another one's order. serde_json keeps what a u64 or an i64 can hold.",
            );
        }
    }
}

#[test]
fn null_is_a_value() {
    check_taken(
        &place_order(),
        r#"{"customer": "Ann", "items": [], "note": null}"#,
        r#"{"customer":"Ann","items":[],"note":null}"#,
        "Somebody said: no note. That is an argument like any other.",
    );
    check_taken(
        &place_order(),
        r#"["Ann", [], null]"#,
        r#"{"customer":"Ann","items":[],"note":null}"#,
        "Somebody said: no note. That is an argument like any other.",
    );
}

#[test]
fn what_is_missing_is_named() {
    for (method, text, missing) in [
        (place_order(), r#"{"customer": "Ann", "items": []}"#, &["note"][..]),
        (place_order(), r#"{"items": []}"#, &["customer", "note"]),
        (place_order(), r#"{"note": null}"#, &["customer", "items"]),
        (get_order(), "{}", &["id"]),
        (set(), "{}", &["zone", "minutes", "hours"]),
    ] {
        check_refused(
            &method,
            text,
            &format!("missing: {}", missing.join(", ")),
            |why| names(why, missing, &[]),
            "All that are missing, in the order of the method. That one is an `Option` does not excuse it: the \
             type is a text from another program here, and a null of your own invention is an argument that \
             nobody gave.",
        );
    }
}

#[test]
fn what_is_unknown_is_named() {
    for (method, text, expected, missing, unknown) in [
        (get_order(), r#"{"id": 42, "deep": true}"#, "unknown: deep", &[][..], &["deep"][..]),
        (get_order(), r#"{"Id": 42}"#, "missing: id; unknown: Id", &["id"], &["Id"]),
        (services(), r#"{"all": true}"#, "unknown: all", &[], &["all"]),
        (
            place_order(),
            r#"{"customer": "Ann", "item": [], "notes": null}"#,
            "missing: items, note; unknown: item, notes",
            &["items", "note"],
            &["item", "notes"],
        ),
    ] {
        check_refused(
            &method,
            text,
            expected,
            |why| names(why, missing, unknown),
            "A name that is misspelt is unknown, and the right one is missing: say both, then one look is enough. \
             The server would take an unknown name for nothing at all, or refuse it without saying what it has.",
        );
    }
}

#[test]
fn too_few_and_too_many_are_counted() {
    for (method, text, expected, got) in [
        (get_order(), "[]", 1, 0),
        (get_order(), "[42, 43]", 1, 2),
        (place_order(), r#"["Ann", []]"#, 3, 2),
        (place_order(), r#"["Ann", [], null, null]"#, 3, 4),
        (services(), "[null]", 0, 1),
    ] {
        check_refused(
            &method,
            text,
            &format!("expected {expected} arguments, got {got}"),
            |why| *why == Why::Count { expected, got },
            "`zip` ends with the shorter of the two, and says nothing about it. A value that nobody takes was \
             meant for something; and whoever left one out has shifted all that follow.",
        );
    }
}

#[test]
fn a_single_value_is_refused() {
    for (text, kind) in [
        ("42", "a number"),
        (r#""42""#, "a text"),
        ("null", "null"),
        ("true", "true or false"),
        ("-1.5", "a number"),
    ] {
        for method in [get_order(), services()] {
            check_refused(
                &method,
                text,
                &format!("expected an object or an array, got {kind}"),
                |why| *why == Why::Shape(kind),
                "Arguments are an object or an array. A single value would be handy for a method with one \
                 argument, until that argument is itself an object.",
            );
        }
    }
}

#[test]
fn what_is_no_json_is_refused() {
    for text in
        ["{id: 42}", r#"{"id": 42"#, "[42] 43", r#"{"id": 42} {}"#, "[42,]", "forty-two", "[0x2a]", "{"]
    {
        for method in [get_order(), services()] {
            check_refused(
                &method,
                text,
                "not JSON: …",
                |why| matches!(why, Why::NotJson(why) if !why.trim().is_empty()),
                "`serde_json::from_str` reads the whole text and says where it went wrong: hand its words on.",
            );
        }
    }
}

/// Whether exactly these are named: those that are missing in the order of the method.
fn names(why: &Why, expected_missing: &[&str], expected_unknown: &[&str]) -> bool {
    let Why::Names { missing, unknown } = why else { return false };
    let mut unknown = unknown.clone();
    unknown.sort();
    missing == expected_missing && unknown == expected_unknown
}

// ---- call ----

#[test]
fn a_call_is_an_invocation() {
    for (method, arguments) in [
        ("get_order", r#"{"id":18446744073709551615}"#),
        ("services", "{}"),
        (
            "place_order",
            r#"{"customer":"Ann","items":[{"cents":450,"name":"tea","quantity":2}],"note":null}"#,
        ),
    ] {
        let Called { sent: calls, .. } =
            call_to(&shop(method), &Marshaller::default(), &json(arguments), || {
                Ok(reply(Status::OK, JSON, &Value::Null))
            });
        let right = matches!(&calls[..], [call]
            if call.service().as_str() == "blue/shop.OrderService:1.0"
                && call.method() == method
                && call.arguments.format == JSON
                && serde_json::from_slice::<Value>(&call.arguments.bytes).is_ok_and(|got| got == json(arguments))
                && call.accept() == [1]
                && call.metadata.is_empty());
        if !right {
            Failure::new(format_args!("`{method}` of the blue shop was called, once."))
                .show("the arguments", arguments)
                .show("your call sent", sent(&calls))
                .expected(format_args!(
                    "blue/shop.OrderService:1.0.{method}, codec 1 (JSON), compressor 0, accepts [1], and the \
                     arguments as they are"
                ))
                .because(match &calls[..] {
                    [] => "Nothing was sent. `invoker.invoke(&invocation)` sends it.",
                    [_, _, ..] => "Every call may place an order. Send it once.",
                    [call] if call.arguments.format.codec != 1 => {
                        "The codec byte says how the body is written. The server reads with whatever stands \
                         there; `marshaller.write(FORMAT, …)` gives a body that says what it is."
                    }
                    [call] if call.accept() != [1] => {
                        "A short question is sent raw, so the server cannot tell from it that the answer may be \
                         deflated. `accepting(FORMAT.compressor)` says it."
                    }
                    [call] if call.arguments.bytes.starts_with(b"\"") => {
                        "The body is a JSON text that contains JSON: it was written twice. The marshaller takes \
                         the value, and makes the text."
                    }
                    _ => "Service and method go into the invocation, the arguments into its body, untouched.",
                })
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn long_arguments_are_deflated() {
    let arguments = json(&format!(r#"{{"customer":"{}"}}"#, "Ann ".repeat(1000)));
    let Called { sent: calls, .. } =
        call(&Marshaller::default(), &arguments, || Ok(reply(Status::OK, JSON, &Value::Null)));
    let right = matches!(&calls[..], [call]
        if call.arguments.format == (Format { codec: 1, compressor: 1 })
            && Marshaller::default().read::<Value>(&call.arguments).is_ok_and(|got| got == arguments));
    if !right {
        Failure::new("The customer's name has 4000 letters, and most of them are alike.")
            .show("your call sent", sent(&calls))
            .expected("codec 1, compressor 1, and when that is undone, the arguments")
            .because("`FORMAT` names a compressor. The marshaller uses it when it pays, and notes in the body's format whether it did.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn the_answer_is_read_as_the_reply_says() {
    let order = json(r#"{"id":18446744073709551615,"customer":"Ann","note":null,"cents":[-450,0.5]}"#);
    let long = Value::from("x".repeat(5000));
    for (codec, name) in [(1, "JSON"), (5, "tagged")] {
        for value in [&order, &Value::Null, &json(r#""a text""#), &long] {
            for compressor in [0, 1, 2] {
                let reply = reply(Status::OK, Format { codec, compressor }, value);
                check_result(
                    &format!(
                        "The reply is written in {name}, codec {codec}, compressor {}.",
                        reply.compressor
                    ),
                    &reply,
                    &value.to_string(),
                    |result| matches!(result, Ok(got) if got == value),
                    "Codec and compressor of the reply stand in the reply. Most servers answer in the codec of \
                     the question; the header says what this one did. `marshaller.read` takes bytes and format as \
                     one `Body`.",
                );
            }
        }
    }
}

#[test]
fn the_services_own_error_stays_a_value() {
    for (codec, error) in [
        (1, r#"{"NotFound":{"id":18446744073709551615}}"#),
        (5, r#"{"BadOrder":{"why":"an order has 1 to 8 items"}}"#),
        (1, r#""Closed""#),
    ] {
        let error = json(error);
        let reply = reply(Status::SERVICE_ERROR, Format { codec, compressor: 0 }, &error);
        check_result(
            "The service ran and said no, in its own words.",
            &reply,
            &format!("Err(Service({error}))"),
            |result| matches!(result, Err(RpcError::Service(got)) if *got == error),
            "304 means: the body is the service's own error, in the codec of the reply. A program can look into \
             it, as it would look into the enum. It is neither a text for people nor a result.",
        );
    }
}

#[test]
fn every_other_status_is_a_text() {
    for (status, body, text) in [
        (
            Status::UNKNOWN_SERVICE,
            &b"no service Shop; here: OrderService"[..],
            "no service Shop; here: OrderService",
        ),
        (Status::BAD_ARGUMENTS, b"get_order(id: u64) -> Order: no", "get_order(id: u64) -> Order: no"),
        (Status::INTERNAL, b"OrderService.get_order panicked", "OrderService.get_order panicked"),
        (Status::NOT_FOUND, b"", ""),
        (Status(305), b"{\"json\":true}", "{\"json\":true}"),
        (Status(142), b"caf\xe9", "caf\u{fffd}"),
    ] {
        let reply = Reply::new(status, body);
        check_result(
            &format!("The server answers {status}."),
            &reply,
            &format!("Err(Call(Remote {{ status: {status}, text: {text:?} }}))"),
            |result| {
                matches!(result, Err(RpcError::Call(CallError::Remote { status: got, text: words }))
                    if (*got, words.as_str()) == (status, text))
            },
            "Every status but 0 and 304 comes with a text for people, written in no codec. The status goes with \
             it: it says whether the call ran. And a text from a stranger need not be UTF-8.",
        );
    }
}

/// Nobody writes a text in a codec. But a byte of a frame is whatever somebody puts there.
#[test]
fn a_text_is_a_text_whatever_its_codec_byte_says() {
    let values = [r#""a text in quotes""#, r#"{"NotFound":{"id":42}}"#, "null", "42"].map(json);
    // The codec that could read the body, and the one that the reply names.
    for (written, codec) in [(1, 1), (5, 5), (1, 0), (1, 99)] {
        for status in [Status::BUSY, Status::BAD_ARGUMENTS, Status::INTERNAL, Status::NOT_FOUND, Status(305)]
        {
            for value in &values {
                let reply = Reply { codec, ..reply(status, Format { codec: written, compressor: 0 }, value) };
                let text = String::from_utf8_lossy(&reply.body).into_owned();
                check_result(
                    &format!("The server answers {status}, and its codec byte is {codec}."),
                    &reply,
                    &format!("Err(Call(Remote {{ status: {status}, text: {text:?} }}))"),
                    |result| {
                        matches!(result, Err(RpcError::Call(CallError::Remote { status: got, text: words }))
                            if *got == status && *words == text)
                    },
                    "The status decides, and not the codec byte: only 0 and 304 carry a value. Whoever reads the text \
                     of any other as JSON loses its quotes, or takes it for what the service said.",
                );
            }
        }
    }
}

/// What an invoker says.
type Answer = fn() -> Result<Reply, CallError>;

/// What never ran may be sent again. That is for a `Retry` to decide, which stands in front of you and counts.
#[test]
fn nothing_is_asked_twice() {
    let answers: [(&str, Answer); 9] = [
        ("103 busy", || Ok(Reply::new(Status::BUSY, "not now"))),
        ("105 shutting-down", || Ok(Reply::new(Status::SHUTTING_DOWN, "not any more"))),
        ("108 unknown-service", || Ok(Reply::new(Status::UNKNOWN_SERVICE, "no service"))),
        ("114 unauthenticated", || Ok(Reply::new(Status::UNAUTHENTICATED, "who are you?"))),
        ("201 internal", || Ok(Reply::new(Status::INTERNAL, "it panicked"))),
        ("0, and a body that nobody can read", || Ok(Reply { codec: 1, ..Reply::ok("{") })),
        ("304", || Ok(reply(Status::SERVICE_ERROR, JSON, &Value::Null))),
        ("nothing: no connection", || {
            Err(CallError::Connect {
                address: ([127, 0, 0, 1], 7040).into(),
                source: io::ErrorKind::ConnectionRefused.into(),
            })
        }),
        ("nothing: the connection has ended", || Err(CallError::Ended { why: "it has ended".into() })),
    ];
    for (name, answer) in answers {
        let Called { sent: calls, .. } = call(&Marshaller::default(), &json(r#"{"id":42}"#), answer);
        if calls.len() != 1 {
            Failure::new(format_args!("The answer is {name}."))
                .show("your call sent", sent(&calls))
                .expected("1 call")
                .got(format_args!("{} calls", calls.len()))
                .because(TWICE)
                .page(PAGE)
                .raise();
        }
    }
}

const TWICE: &str = "Every call is sent once, whatever its answer says. Whoever repeats a call has to know how often, \
                     after how long, and what it does when it runs twice. `call` knows none of that, and the `Retry` \
                     that stands around it repeats it as well: two times three are six orders.";

#[test]
fn an_answer_that_cannot_be_read_keeps_its_status() {
    for status in [Status::OK, Status::SERVICE_ERROR] {
        for (codec, compressor, body) in [
            (1, 0, &b"{\"id\":"[..]),
            (1, 0, b""),
            (0, 0, b"42"),
            (99, 0, b"42"),
            (1, 9, b"42"),
            (1, 1, b"\xff\xff"),
        ] {
            let reply = Reply { codec, compressor, ..Reply::new(status, body) };
            check_result(
                "The server answered, and nobody can read it.",
                &reply,
                &format!("Err(Answer {{ status: {status}, … }})"),
                |result| matches!(result, Err(RpcError::Answer { status: got, .. }) if *got == status),
                "The call has run: the status says so. `Arguments` would mean that nothing was sent, and whoever \
                 believes it orders a second time.",
            );
        }
    }
}

#[test]
fn no_answer_is_handed_on() {
    let Called { sent: calls, result } = call(&Marshaller::default(), &json(r#"{"id":42}"#), || {
        Err(CallError::NoReply { source: io::ErrorKind::TimedOut.into() })
    });
    let right = matches!(&result, Err(RpcError::Call(CallError::NoReply { .. }))) && calls.len() == 1;
    if !right {
        Failure::new("The invoker has no reply: the time was up.")
            .show("your call sent", sent(&calls))
            .expected("Err(Call(NoReply { … })), after one call")
            .got(format_args!("{result:?}, after {} calls", calls.len()))
            .because("The call may have run. Its error says so; hand it on as it is, and do not call again.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn what_cannot_be_sent_is_not_sent() {
    let mute = Marshaller { codecs: CodecTable::empty(), ..Marshaller::default() };
    let answer = || Ok(reply(Status::OK, JSON, &Value::Null));
    let called = call(&mute, &json(r#"{"id":42}"#), answer);
    if !matches!(&called.result, Err(RpcError::Arguments(_))) || !called.sent.is_empty() {
        Failure::new("The marshaller knows no JSON, so these arguments have no body.")
            .show("your call sent", sent(&called.sent))
            .expected("Err(Arguments(…)), and nothing sent")
            .got(format_args!("{:?}", called.result))
            .because(
                "Write with the marshaller that was given: its codecs, its limits. What it refuses, `Arguments` \
                 says: nothing was sent.",
            )
            .page(PAGE)
            .raise();
    }
    let called = call_to(&shop("get order"), &Marshaller::default(), &json("{}"), answer);
    if !matches!(&called.result, Err(RpcError::Name(_))) || !called.sent.is_empty() {
        Failure::new("The target's method is `get order`, which is no name.")
            .show("your call sent", sent(&called.sent))
            .expected("Err(Name(…)), and nothing sent")
            .got(format_args!("{:?}", called.result))
            .because("`Invocation::new` refuses it. `?` makes an `RpcError` of its error.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn the_given_limits_hold_for_the_answer() {
    let narrow =
        Marshaller { limits: Limits { max_total: 100, ..Limits::default() }, ..Marshaller::default() };
    for (length, fits) in [(98, true), (99, false)] {
        let answer = reply(Status::OK, JSON, &Value::from("x".repeat(length)));
        let Called { result, .. } = call(&narrow, &json(r#"{"id":42}"#), || Ok(answer.clone()));
        let right = if fits { result.is_ok() } else { matches!(&result, Err(RpcError::Answer { .. })) };
        if !right {
            Failure::new("The marshaller allows answers of 100 bytes.")
                .show("the reply", format_args!("a JSON text, {} bytes in all", length + 2))
                .expected(if fits { "Ok(…)" } else { "Err(Answer { … })" })
                .got(format_args!("{result:?}"))
                .because("Read with the marshaller that was given, in both directions: its limits are the caller's.")
                .page(PAGE)
                .raise();
        }
    }
}

/// What `call` must make of `reply`.
#[track_caller]
fn check_result(
    symptom: &str,
    reply: &Reply,
    expected: &str,
    right: impl Fn(&Result<Value, RpcError<Value>>) -> bool,
    because: &str,
) {
    let Called { sent: calls, result } =
        call(&Marshaller::default(), &json(r#"{"id":42}"#), || Ok(reply.clone()));
    if !right(&result) || calls.len() != 1 {
        Failure::new(symptom)
            .show("the reply", shown(reply))
            .expected(short(expected))
            .got(match result {
                _ if calls.len() != 1 => format!("{} calls, where one was to be made", calls.len()),
                Ok(value) => short(&value.to_string()),
                Err(error) => short(&format!("Err({error:?})")),
            })
            .because(if calls.len() == 1 { because } else { TWICE })
            .page(PAGE)
            .raise();
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(160) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

// ---- a real server ----

#[test]
fn a_service_that_this_program_does_not_know() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port of this machine");
    let server = Server::builder()
        .service(order_service_skeleton(Arc::new(Shop::default())))
        .with_reflection()
        .start(listener)
        .expect("a server");
    let client = Client::new(server.address(), ClientOptions::default());
    let marshaller = Marshaller::default();

    let ask = |name: &str, arguments: &Value| {
        let target = told("target", name, || generic_call::target(name)).expect("a name");
        told("call", name, || generic_call::call(&client, &marshaller, &target, arguments))
    };
    let nothing = harness::arguments(&services(), "").expect("no arguments");
    let directory = ask("yrpc.Reflection:1.services", &nothing);
    let directory: Vec<ServiceInfo> = directory
        .map_err(|error| error.to_string())
        .and_then(|value| serde_json::from_value(value).map_err(|error| error.to_string()))
        .unwrap_or_else(|error| {
            Failure::new("A real server was asked what there is to call.")
                .expected("its services")
                .got(error)
                .because("The other tests say what is wrong.")
                .page(PAGE)
                .raise()
        });
    let method = |name: &str| {
        let shop = directory.iter().find(|service| service.key == "OrderService").expect("a shop");
        shop.methods.iter().find(|method| method.name == name).expect("a method of the shop").clone()
    };
    let mut told_so = Vec::new();
    for (name, text) in [
        ("place_order", r#"["Ann", [{"name": "tea", "quantity": 2, "cents": 450}], null]"#),
        ("get_order", "[1]"),
        ("get_order", r#"{"id": 18446744073709551615}"#),
        ("get_order", r#"{"Id": 1}"#),
        ("get_order", r#"["one"]"#),
    ] {
        told_so.push(match harness::arguments(&method(name), text) {
            Err(error) => format!("{name} {text}: {error}"),
            Ok(arguments) => match ask(&format!("OrderService.{name}"), &arguments) {
                Ok(value) => format!("{name} {text}: {value}"),
                Err(RpcError::Service(no)) => format!("{name} {text}: no, {no}"),
                Err(error) => format!("{name} {text}: {:?}", error.status()),
            },
        });
    }
    let expected = [
        r#"place_order ["Ann", [{"name": "tea", "quantity": 2, "cents": 450}], null]: 1"#.to_owned(),
        format!(
            "get_order [1]: {}",
            json(
                r#"{"id":1,"customer":"Ann","items":[{"name":"tea","quantity":2,"cents":450}],"note":null}"#
            )
        ),
        r#"get_order {"id": 18446744073709551615}: no, {"NotFound":{"id":18446744073709551615}}"#.to_owned(),
        r#"get_order {"Id": 1}: missing: id; unknown: Id; it is get_order(id: u64) -> Order"#.to_owned(),
        r#"get_order ["one"]: Some(Status(109 bad-arguments))"#.to_owned(),
    ];
    if told_so != expected {
        Failure::new("Five calls of a real server, which this program has no stub for.")
            .show("expected", expected.join("\n"))
            .show("yours", told_so.join("\n"))
            .because("The other tests say what is wrong.")
            .page(PAGE)
            .raise();
    }
    server.stop().expect("it stops");
}
