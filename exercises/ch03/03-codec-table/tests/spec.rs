//! # Spec of 03-03: a codec table
//!
//! No format wins everywhere: one is readable, one is small, one is spoken by a partner who will not change. So
//! the format is not a decision of this framework; it is a byte in each frame, and a table that knows what to do
//! with it. One server talks to a shell script in JSON and to a neighbour in something small, on two connections
//! or on one.
//!
//! What the byte says is true or unknown. It is never "probably JSON": a body that is read in the wrong format
//! is not always an error. Sometimes it is another order.

mod harness;

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::Arc;

use ch01_raw_tcp::Outcome;
use ch02_protocol::{ClientOptions, FrameServer, ServerOptions, Status};
use ch03_codec::client::ShopCallError;
use ch03_codec::codecs::Tagged;
use ch03_codec::shop::{Item, Order, Request, Response, Shop};
use ch03_codec::table::{Named, RegisterError, UnknownId};
use ch03_codec::{Codec, CodecError, Format, LimitError, Limits, Marshaller, ShopClient};
use codec_table::{CodecTable, Json, Service};
use harness::{
    KNOWN, Mute, PAGE, Sign, answered, ask, ask_within, asked, bytes, codecs, frame, greeter, table,
    table_of, told,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use spec_kit::Failure;

// ---- the codec ----

#[test]
fn json_is_what_serde_json_writes() {
    let order = sample();
    let expected = serde_json::to_string(&order).expect("an order has a JSON form");
    let mut out = b"before ".to_vec();
    let said = told("encode", "an order", || Json.encode(&&order, &mut out));
    let got = String::from_utf8_lossy(&out).into_owned();
    if said.is_err() || got != format!("before {expected}") {
        Failure::new("An order was to be written as JSON, behind what is in `out` already.")
            .expected(format_args!("Ok(()), and `out` is:\n            before {expected}"))
            .got(format_args!("{said:?}, and `out` is:\n            {got}"))
            .because(
                "`serde_json::to_writer(out, value)` appends to a `&mut Vec<u8>`, without blanks and line \
                 breaks. What stood there is not yours.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn what_json_cannot_say_is_an_error() {
    let value = BTreeMap::from([(vec![1, 2], "keys of an object are texts")]);
    let mut out = Vec::new();
    let got = told("encode", "a map whose keys are lists", || Json.encode(&&value, &mut out));
    if !matches!(got, Err(CodecError::Encode { codec: "json", .. })) {
        Failure::new("This value has no form in JSON.")
            .expected("Err(Encode { codec: \"json\", … })")
            .got(format_args!("{got:?}"))
            .because(
                "serde_json says so. Turn its error into a `CodecError::Encode`, with `source: \
                 error.into()`.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn json_comes_back() {
    let order = sample();
    let bytes = serde_json::to_vec(&order).expect("an order has a JSON form");
    check_value("An order was written as JSON.", &bytes, &order);
    check_value(
        "Blanks around a value mean nothing in JSON.",
        &[b" \n", &bytes[..], b" \r\n\t"].concat(),
        &order,
    );
}

#[test]
fn texts_may_be_borrowed() {
    let bytes = br#"["Ann","Bob"]"#;
    let got: Result<Vec<&str>, _> =
        told("decode", "two texts", || (&Json as &dyn Codec).from_slice(bytes, &Limits::default()));
    if !matches!(&got, Ok(texts) if *texts == ["Ann", "Bob"]) {
        Failure::new("Two texts were to be borrowed from the bytes, without a copy.")
            .show("the bytes", harness::bytes(bytes))
            .expected("Ok([\"Ann\", \"Bob\"])")
            .got(format_args!("{got:?}"))
            .because(
                "`Deserializer::from_slice` knows the slice and can lend its texts. `from_reader` reads byte \
                 after byte, and can lend nothing. So it is with a copy of `bytes`.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn bytes_behind_the_value_are_refused() {
    for (bytes, what) in [
        (&b"7 8"[..], "a second number"),
        (b"7}", "a brace"),
        (b"7\0", "a zero"),
        (b"7 // seven", "a remark"),
        (b"7\xff", "a byte that is no UTF-8"),
    ] {
        check_refused::<u64>(
            &format!("Behind the value there is {what}."),
            bytes,
            &Limits::default(),
            |error| {
                matches!(
                    error,
                    CodecError::Decode { codec: "json", .. } | CodecError::LeftOver { codec: "json", .. }
                )
            },
            "Err(Decode { codec: \"json\", … }) or Err(LeftOver { codec: \"json\", … })",
            "The value ended and the body did not. Somebody meant something by those bytes, or is smuggling: \
             two programs that read one message differently. `end()` of the deserializer looks.",
        );
    }
}

#[test]
fn what_is_no_json_is_refused() {
    for bytes in [&b""[..], b"{", b"\"Ann", b"\x0a\x04\x13\x07", b"nul", b"\"text\"", b"\xff"] {
        check_refused::<u64>(
            "There is no number in these bytes.",
            bytes,
            &Limits::default(),
            |error| matches!(error, CodecError::Decode { codec: "json", .. }),
            "Err(Decode { codec: \"json\", … })",
            "`visit` hands back what went wrong. Hand it on: `wrong(&budget, error)` makes a `CodecError` of \
             it.",
        );
    }
    check_refused::<String>(
        "There is no text in these bytes: between the quotes stands a byte that is no UTF-8.",
        b"\"\xff\"",
        &Limits::default(),
        |error| matches!(error, CodecError::Decode { codec: "json", .. }),
        "Err(Decode { codec: \"json\", … })",
        "A `String` holds UTF-8. `Deserializer::from_slice` looks at it, where it reads a text. Whoever replaces \
         what is none, or leaves it out, changes somebody's name.",
    );
}

#[test]
fn visit_is_called_once() {
    let mut calls = 0;
    let said = told("decode", "7", || {
        Json.decode(b"7", &Limits::default(), &mut |deserializer| {
            calls += 1;
            erased_serde::deserialize::<u64>(deserializer).map(drop)
        })
    });
    if said.is_err() || calls != 1 {
        Failure::new("`decode` hands its deserializer to `visit`, once.")
            .show("the bytes", bytes(b"7"))
            .expected("Ok(()); calls of visit: 1")
            .got(format_args!("{said:?}; calls of visit: {calls}"))
            .because(
                "`visit` is where the value comes into being: whoever called knows its type, `decode` does \
                 not. Without a call there is no value.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn the_limits_hold() {
    let ample = Limits { max_depth: 2, max_elements: 3, max_text: 4, max_total: 20 };
    for (bytes, limits, expected) in [
        (&b"[[1],[2]]"[..], Limits { max_total: 8, ..ample }, LimitError::TooBig { got: 9, limit: 8 }),
        (b"[[[]]]", ample, LimitError::TooDeep { limit: 2 }),
        (b"[1,2,3,4]", ample, LimitError::TooManyElements { limit: 3 }),
        (b"\"12345\"", ample, LimitError::TextTooLong { got: 5, limit: 4 }),
    ] {
        check_refused::<serde_json::Value>(
            "The bytes ask for more than they may.",
            bytes,
            &limits,
            |error| matches!(error, CodecError::Limit(got) if *got == expected),
            &format!("Err(Limit({expected:?}))"),
            "`budget.total` judges the length of the whole, before anything is read. The other three hold \
             when what you erase and hand to `visit` is `Guarded::new(…)` around the deserializer; `wrong` \
             finds the name of the limit.",
        );
    }
    for bytes in [&b"[[1]]"[..], b"[1,2,3]", b"\"1234\"", b"                 [1]"] {
        let got: Result<serde_json::Value, _> =
            told("decode", "values at their limits", || (&Json as &dyn Codec).from_slice(bytes, &ample));
        if got.is_err() {
            Failure::new("Each limit allows itself.")
                .show("the bytes", harness::bytes(bytes))
                .expected("Ok(…)")
                .got(format_args!("{got:?}"))
                .because(format_args!("The limits are {ample:?}, and these bytes keep them all."))
                .page(PAGE)
                .raise();
        }
    }
}

// ---- the table ----

#[test]
fn a_codec_is_found_by_its_id() {
    let table = table();
    for codec in codecs() {
        let (id, name) = (codec.id(), codec.name());
        let got = told("get", &id.to_string(), || table.get(id).map(|codec| (codec.id(), codec.name())));
        if got != Ok((id, name)) {
            Failure::new(format_args!("The codec {id} was registered, and another one was found."))
                .show("in the table", format_args!("{:?}", table.known()))
                .expected(format_args!("Ok(({id}, {name:?}))"))
                .got(format_args!("{got:?}"))
                .because(
                    "The id is a name that is written as a number. It says nothing about who was registered \
                     first, and there are gaps: 1, 3, 4, 5, 77, 255. The codec with the id 5 stands at index \
                     5.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn an_unknown_id_lists_what_is_known() {
    let (full, none) = (table(), CodecTable::empty());
    for (table, id) in [(&full, 2), (&full, 0), (&full, 6), (&full, 254), (&none, 1), (&none, 0)] {
        let got = told("get", &id.to_string(), || table.get(id).map(|codec| codec.name()));
        let known = if std::ptr::eq(table, &none) { Vec::new() } else { KNOWN.to_vec() };
        let expected = Err(UnknownId { id, known });
        if got != expected {
            Failure::new(format_args!("There is no codec {id}."))
                .show("in the table", format_args!("{:?}", table.known()))
                .expected(format_args!("{expected:?}"))
                .got(format_args!("{got:?}"))
                .because(match got {
                    Ok(name) => format!(
                        "You gave {name} instead. A guess is worse than no: the body would be read as \
                         something that it is not."
                    ),
                    Err(_) => "The caller can do something about it only when he reads what would have been \
                               understood: all of it, by ascending id. `known` lists it."
                        .to_owned(),
                })
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn id_0_is_refused() {
    for mut table in [CodecTable::empty(), table()] {
        let known = table.known();
        let got = told("register", "0 nothing", || table.register(Arc::new(Sign(0, "nothing"))));
        check_register(
            "A codec wanted the id 0.",
            got,
            RegisterError::Reserved { name: "nothing" },
            &known,
            &table,
            "0 in a header means: no codec, these are plain bytes. With a codec 0 every text of chapter 2 \
             would be one of its values.",
        );
    }
}

#[test]
fn a_taken_id_is_refused() {
    let second: Arc<dyn Codec> = Arc::new(Sign(2, "second"));
    let mut table = table_of(vec![Arc::new(Sign(1, "first")), Arc::clone(&second)]);
    for (codec, by, what) in [
        (Arc::new(Sign(1, "another")) as Arc<dyn Codec>, "first", "another one"),
        (Arc::new(Sign(2, "another")), "second", "another one"),
        (Arc::new(Sign(2, "second")), "second", "another one of the same name"),
        (second, "second", "the same one"),
    ] {
        let (known, id, name) = (table.known(), codec.id(), codec.name());
        let got = told("register", name, || table.register(codec));
        check_register(
            &format!("A codec wanted the id {id}, and {what} has it already."),
            got,
            RegisterError::Taken { id, name, by },
            &known,
            &table,
            "Two formats under one number are two languages under one flag. If the later one won, every \
             client that speaks the first would be misread from then on, and nobody had been told. So one \
             rule for all: what is taken is taken, also for the same codec again.",
        );
    }
}

// ---- the answer ----

#[test]
fn the_answer_has_the_codec_of_the_question() {
    let table = table();
    for codec in codecs().into_iter().filter(|codec| codec.id() != Mute.id()) {
        let question = if codec.id() == 1 { json(&hello()) } else { written(&*codec, &hello()) };
        let question = frame(codec.id(), question);
        let got = ask(&table, &question, greeter);
        let read = (got.reply.status == Status::OK)
            .then(|| codec.from_slice::<Response>(&got.reply.body, &Limits::default()).ok())
            .flatten();
        if got.reply.codec != codec.id() || read != Some(Response::Greeting("Hello world".into())) {
            let because = if got.reply.status != Status::OK {
                "The question was in order, and the business has an answer to it.".to_owned()
            } else if read.is_some() && got.reply.codec > 0 {
                "The body is right, its codec byte is another codec's: whoever believes it reads something \
                 else."
                    .to_owned()
            } else if read.is_some() {
                "The body is right, its codec is not said. Whoever gets it looks at byte 6 of the header, as \
                 you did. `Reply::ok` puts a 0 there: plain bytes."
                    .to_owned()
            } else if let Some(other) = spoken(&got.reply.body) {
                format!(
                    "The body is written in {other}. Whoever asks in {} can read that, and perhaps nothing \
                     else.",
                    codec.name()
                )
            } else {
                "The body is the response, written by the codec that read the question.".to_owned()
            };
            Failure::new(format_args!("Somebody asked in {}, codec {}.", codec.name(), codec.id()))
                .show("the question", asked(&question))
                .show("your answer", answered(&got.reply))
                .expected(format_args!("codec {}, and \"Hello world\" in {}", codec.id(), codec.name()))
                .because(because)
                .page(PAGE)
                .raise();
        }
        if got.calls != 1 {
            Failure::new("Somebody asked once.")
                .show("your answer", answered(&got.reply))
                .expected("calls of the business: 1")
                .got(format_args!("calls of the business: {}", got.calls))
                .because("Each call places an order. A second call would order twice.")
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn the_compressor_byte_is_not_looked_at() {
    let table = table();
    for (codec, compressor) in [(1, 1), (5, 3), (77, 255)] {
        let question = if codec == 1 { json(&hello()) } else { written(&*codec_of(codec), &hello()) };
        let question = ch02_protocol::Frame { compressor, ..frame(codec, question) };
        let got = ask(&table, &question, greeter);
        let read = codec_of(codec).from_slice::<Response>(&got.reply.body, &Limits::default()).ok();
        let right = got.reply.status == Status::OK && read == Some(Response::Greeting("Hello world".into()));
        if !right || got.reply.compressor != 0 {
            Failure::new(format_args!("Beside the codec {codec} stands the compressor {compressor}."))
                .show("the question", asked(&question))
                .show("your answer", answered(&got.reply))
                .expected("status 0 ok, compressor 0, and \"Hello world\"")
                .got(format_args!("status {}, compressor {}", got.reply.status, got.reply.compressor))
                .because(if right {
                    "Your body is as the codec wrote it, and byte 7 of the header says that it is compressed: \
                     whoever gets it will try to unpack it. `Reply::ok` puts a 0 there; leave it."
                } else {
                    "Compressors come later in this chapter, and somewhere else than in `answer`. Here the \
                     body is taken as it is, whatever that byte says."
                })
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn an_unknown_codec_is_answered_with_106() {
    let table = table();
    for (id, body) in [(2, json(&hello())), (0, json(&hello())), (6, Vec::new()), (254, b"\xff\xff".to_vec())]
    {
        let question = frame(id, body);
        let got = ask(&table, &question, greeter);
        check_no(
            &format!("Nobody here speaks codec {id}."),
            &question,
            &got,
            Status::UNKNOWN_CODEC,
            &UnknownId { id, known: KNOWN.to_vec() }.to_string(),
            0,
            "The table says so, and its words tell the caller what would have been understood. The body is \
             not looked at: that it looks like JSON does not make it JSON. 106 is in the hundreds of \"never \
             ran\", so the caller may try another codec at once.",
        );
    }
}

#[test]
fn what_is_no_request_is_answered_with_101() {
    let table = table();
    let tagged = written(&Tagged, &hello());
    for (id, body, what) in [
        (1, b"{\"SayHello\":".to_vec(), "it is cut"),
        (1, b"{\"SayGoodbye\":{\"name\":\"world\"}}".to_vec(), "there is no such request"),
        (1, [json(&hello()), b"!".to_vec()].concat(), "a byte is left over"),
        (1, [json(&hello()), b"\xff".to_vec()].concat(), "a byte is left over that is no UTF-8"),
        (1, b"\xff".to_vec(), "it is not UTF-8"),
        (1, tagged.clone(), "it is tagged, and says json"),
        (5, json(&hello()), "it is json, and says tagged"),
        (5, Vec::new(), "it is empty"),
        (5, [tagged, vec![0]].concat(), "a byte is left over"),
    ] {
        let question = frame(id, body);
        let read = told("decode", &asked(&question), || {
            codec_of(id).from_slice::<Request>(&question.body, &Limits::default())
        });
        let Err(expected) = read.map_err(|error| error.to_string()) else {
            Failure::new(format_args!("This body is no request: {what}. Your codec takes it."))
                .show("the question", asked(&question))
                .expected("an error of `decode`")
                .got("a request")
                .because("The tests of the codec tell more; begin with them.")
                .page(PAGE)
                .raise()
        };
        let got = ask(&table, &question, greeter);
        check_no(
            &format!("This body is no request: {what}."),
            &question,
            &got,
            Status::BAD_REQUEST,
            &expected,
            0,
            "The frame is sound, only its body is not: an answer, with the codec's own words, and the \
             connection goes on. Nothing ran, and 101 says so.",
        );
    }
}

#[test]
fn a_body_beyond_a_limit_is_answered_with_101() {
    let limits = Limits { max_text: 10, ..Limits::default() };
    let long = Request::SayHello { name: "hello, world".into() };
    for codec in [1, 5] {
        let (table, body) = (table(), if codec == 1 { json(&long) } else { written(&Tagged, &long) });
        let question = frame(codec, body);
        let got = ask_within(&table, &limits, &question, greeter);
        check_no(
            "A text of twelve bytes came, and the limit is ten.",
            &question,
            &got,
            Status::BAD_REQUEST,
            &CodecError::Limit(LimitError::TextTooLong { got: 12, limit: 10 }).to_string(),
            0,
            "`answer` is given limits: hand them to the codec, not others.",
        );
    }
}

#[test]
fn the_business_says_no() {
    let table = table();
    for (id, status, text) in [
        (1, Status::NOT_FOUND, "no order 9"),
        (5, Status::BUSY, "the shop is full"),
        (77, Status::BAD_ARGUMENT, "Menge fehlt: größer als 0"),
    ] {
        let request = Request::GetOrder { id: 9 };
        let question = frame(id, if id == 1 { json(&request) } else { written(&*codec_of(id), &request) });
        let got = ask(&table, &question, move |_| Err((status, text.to_owned())));
        check_no(
            "The request was understood, and the business refused it.",
            &question,
            &got,
            status,
            text,
            1,
            "It knows why, and its status tells the caller whether to try again. Hand both on. The text is \
             plain UTF-8 for people, so its codec is 0: `Reply::new` does that.",
        );
    }
}

#[test]
fn a_response_that_cannot_be_written_is_answered_with_201() {
    let table = table();
    let body: Vec<u8> = json(&hello()).into_iter().rev().collect();
    let question = frame(Mute.id(), body);
    let got = ask(&table, &question, greeter);
    check_no(
        "The business has answered, and its response cannot be written in this codec.",
        &question,
        &got,
        Status::INTERNAL,
        &CodecError::Encode { codec: "mute", source: "it has no words".into() }.to_string(),
        1,
        "It ran! 101 or 106 would say that it never did, and the caller would order a second time. 201 says: \
         it may have run.",
    );
}

// ---- the whole ----

#[test]
fn the_chapters_client_understands_you() {
    let shop = Shop::default();
    let business =
        move |request| shop.answer(request).map_err(|error| (Status::NOT_FOUND, error.to_string()));
    let service = Service { table: table(), limits: Limits::default(), business: Box::new(business) };
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback is there");
    let server =
        FrameServer::start(listener, Arc::new(service), ServerOptions::default()).expect("it starts");
    let client = ShopClient::connect(server.address(), &ClientOptions::default(), Marshaller::default())
        .expect("it connects");
    for (placed, (codec, name)) in
        [(1, "json"), (3, "bincode"), (4, "postcard"), (5, "tagged")].into_iter().enumerate()
    {
        let format = Format { codec, compressor: 0 };
        let order = Order { id: placed as u64 + 1, ..sample() };
        let got = client
            .place_order(format, &order.customer, order.items.clone(), order.note.clone())
            .and_then(|id| client.get_order(format, id));
        if !matches!(&got, Ok(got) if *got == order) {
            Failure::new(format_args!("The chapter's client placed an order in {name}, and asked for it."))
                .expected(format_args!("Ok({order:?})"))
                .got(format_args!("{got:?}"))
                .because("If other tests are red too, begin with them: they look at one thing at a time.")
                .page(PAGE)
                .raise();
        }
    }
    let got = client.get_order(Format { codec: 1, compressor: 0 }, 9);
    let never =
        matches!(&got, Err(error @ ShopCallError::Call(_)) if error.outcome() == Outcome::RanAndFailed);
    if !never {
        Failure::new("The chapter's client asked for an order that is not there.")
            .expected("302 not-found: no order 9")
            .got(format_args!("{got:?}"))
            .because("What the business says is an answer, on a connection that lives on.")
            .page(PAGE)
            .raise();
    }
    server.stop().expect("it stops");
}

fn sample() -> Order {
    let item = |name: &str, quantity, cents| Item { name: name.into(), quantity, cents };
    Order {
        id: 7,
        customer: "Zoë \"Z\"".into(),
        items: vec![item("pen", 2, 50), item("discount", 1, -50)],
        note: None,
    }
}

fn hello() -> Request {
    Request::SayHello { name: "world".into() }
}

/// Without your help.
fn json(request: &Request) -> Vec<u8> {
    serde_json::to_vec(request).expect("a request has a JSON form")
}

fn codec_of(id: u8) -> Arc<dyn Codec> {
    codecs().into_iter().find(|codec| codec.id() == id).expect("the harness has this codec")
}

fn written(codec: &dyn Codec, request: &Request) -> Vec<u8> {
    codec.to_vec(request).expect("a request has bytes")
}

/// Which format these bytes are, if they are a greeting in one.
fn spoken(body: &[u8]) -> Option<&'static str> {
    let reads = |codec: &dyn Codec| codec.from_slice::<Response>(body, &Limits::default()).is_ok();
    if serde_json::from_slice::<Response>(body).is_ok() {
        return Some("json");
    }
    codecs().iter().filter(|codec| codec.id() != 1).find(|codec| reads(&***codec)).map(|codec| codec.name())
}

#[track_caller]
fn check_value<T: DeserializeOwned + PartialEq + std::fmt::Debug>(symptom: &str, bytes: &[u8], expected: &T) {
    let got: Result<T, _> =
        told("decode", symptom, || (&Json as &dyn Codec).from_slice(bytes, &Limits::default()));
    if !matches!(&got, Ok(got) if got == expected) {
        Failure::new(symptom)
            .show("the bytes", harness::bytes(bytes))
            .expected(format_args!("Ok({expected:?})"))
            .got(format_args!("{got:?}"))
            .because("A deserializer over `bytes`, guarded, erased, handed to `visit`; then `end()`.")
            .page(PAGE)
            .raise();
    }
}

#[track_caller]
fn check_refused<T: for<'de> Deserialize<'de> + std::fmt::Debug>(
    symptom: &str,
    bytes: &[u8],
    limits: &Limits,
    right: impl Fn(&CodecError) -> bool,
    expected: &str,
    because: &str,
) {
    let got: Result<T, _> = told("decode", symptom, || (&Json as &dyn Codec).from_slice(bytes, limits));
    if !got.as_ref().is_err_and(right) {
        Failure::new(symptom)
            .show("the bytes", harness::bytes(bytes))
            .expected(expected)
            .got(format_args!("{got:?}"))
            .because(because)
            .page(PAGE)
            .raise();
    }
}

#[track_caller]
fn check_register(
    symptom: &str,
    got: Result<(), RegisterError>,
    expected: RegisterError,
    before: &[(u8, &'static str)],
    table: &CodecTable,
    because: &str,
) {
    let after = table.known();
    if got.as_ref().err().map(ToString::to_string) != Some(expected.to_string()) || after != before {
        Failure::new(symptom)
            .show("in the table before", format_args!("{before:?}"))
            .show("in the table after", format_args!("{after:?}"))
            .expected(format_args!("Err({expected:?}), and nobody is touched"))
            .got(format_args!("{got:?}"))
            .because(because)
            .page(PAGE)
            .raise();
    }
}

/// Fails unless the answer is this status and this text, in plain bytes.
#[track_caller]
fn check_no(
    symptom: &str,
    question: &ch02_protocol::Frame,
    got: &harness::Answered,
    status: Status,
    text: &str,
    calls: usize,
    because: &str,
) {
    let reply = &got.reply;
    let plain = reply.codec == 0 && reply.compressor == 0;
    if reply.status == status && reply.body == text.as_bytes() && plain && got.calls == calls {
        return;
    }
    let because = if status != Status::UNKNOWN_CODEC && reply.body.starts_with(b"unknown id") {
        "The codec is in the table, and was not found. The tests of `register` and `get` tell more; begin \
         with them."
    } else if reply.status != status || got.calls != calls {
        because
    } else if reply.compressor != 0 {
        "The status is right. But the compressor byte says that the text is compressed, and it is not."
    } else if reply.codec != 0 {
        "The status is right. But the codec byte says that the text is written in that codec. A text for \
         people is plain bytes, codec 0, so that also those can read it who share no codec with you."
    } else {
        "The status is right, the text is another one. The error that you were given has the words: \
         `to_string()`."
    };
    Failure::new(symptom)
        .show("the question", asked(question))
        .show("your answer", answered(reply))
        .expected(format_args!(
            "status {status}, codec 0, compressor 0, {text:?}; calls of the business: {calls}"
        ))
        .got(format_args!(
            "status {}, codec {}, compressor {}; calls of the business: {}",
            reply.status, reply.codec, reply.compressor, got.calls
        ))
        .because(because)
        .page(PAGE)
        .raise();
}
