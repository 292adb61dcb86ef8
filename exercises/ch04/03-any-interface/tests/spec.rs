//! # Spec of 04-03: one object, any interface
//!
//! In Java one object, made while the program runs, stands for any interface: every method of it ends in one
//! method, `invoke`, which is told what was called. Rust makes no types while it runs. It does not need to:
//! here a call is a value, so one method that takes it is enough for all interfaces there are.
//!
//! On one side types are forgotten: `typed` makes of any function something that takes bytes and gives bytes.
//! On the other side nobody needs them: what stands between a caller and a server can count, note, redirect or
//! refuse calls of interfaces that were written years after it.
//!
//! Whoever stands there stands in everybody's way. What he holds while a call runs, all wait for.

mod harness;

use std::collections::BTreeMap;
use std::io;
use std::net::TcpListener;
use std::sync::{Arc, OnceLock};

use any_interface::{Entry, Recorder, Switch, typed};
use ch01_raw_tcp::Outcome;
use ch02_protocol::{CallError, ClientOptions, Reply, Status};
use ch03_codec::compress::Policy;
use ch03_codec::{Body, Format, Limits, Marshaller};
use ch04_proxy::{
    Client, Dispatcher, Invocation, Invoker, NoError, Proxy, RpcError, Server, Signature, Skeleton,
};
use harness::{
    Notes, PAGE, REPEAT, Refused, Repeat, bounded, call, called, handled, invoked, key, raw_call, repeat,
    repeat_call, replaced, replied, told,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use spec_kit::Failure;

// ---- typed: a function of any type becomes a handler ----

#[test]
fn the_answer_is_in_the_codec_of_the_question() {
    for codec in [1, 5, 2, 3, 4] {
        let notes = Notes::default();
        let question = repeat_call(Format { codec, compressor: 0 }, "ab", 3);
        let got = handled(&*repeat(&notes), &question, &Marshaller::default());
        check_value(
            &format!("`repeat(\"ab\", 3)` was called in codec {codec}."),
            &question,
            &got,
            (Status::OK, codec, 0),
            &"ababab".to_owned(),
        );
        check_ran(&question, &got, &notes.take(), &["repeat(\"ab\", 3)"]);
    }
}

/// One table holds them all: outside of the closure nobody knows that they differ.
#[test]
fn functions_of_all_types_fit_into_one_table() {
    let signature = |name| Signature { name, arguments: &[], returns: "" };
    let skeleton = Skeleton::new(key("Any"), "")
        .handler(
            signature("number"),
            typed(signature("number"), |(a, b): (u64, u64)| Ok::<_, NoError>(a + b)),
        )
        .handler(signature("nothing"), typed(signature("nothing"), |()| Ok::<_, NoError>(())))
        .handler(signature("never"), typed(signature("never"), |()| Err::<(), _>(vec![1u8, 2])));
    for (method, arguments, status, expected) in [
        ("number", "[40,2]", Status::OK, "42"),
        ("nothing", "null", Status::OK, "null"),
        ("never", "null", Status::SERVICE_ERROR, "[1,2]"),
    ] {
        let format = Format { codec: 1, compressor: 0 };
        let question = call("Any", method, Body { format, bytes: arguments.into() });
        let handler = skeleton.find(method).expect("it was added");
        let got = handled(handler, &question, &Marshaller::default());
        let expected = Reply { codec: 1, ..Reply::new(status, expected) };
        if got != expected {
            Failure::new(format_args!("`{method}` of three functions with different types was called."))
                .show("the question", called(&question))
                .show("expected", replied(&expected))
                .show("your reply", replied(&got))
                .because(
                    "Which types they have is known inside of `typed`: `A`, `R` and `E`. `read` and `written` find \
                     theirs from what `f` takes and gives.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn an_own_error_is_a_value_too() {
    for codec in [5, 1, 3] {
        let notes = Notes::default();
        let question = repeat_call(Format { codec, compressor: 0 }, "ab", 1001);
        let got = handled(&*repeat(&notes), &question, &Marshaller::default());
        check_value(
            &format!("`repeat(\"ab\", 1001)` was called in codec {codec}; the function said `TooOften`."),
            &question,
            &got,
            (Status::SERVICE_ERROR, codec, 0),
            &Refused::TooOften { limit: 1000 },
        );
        check_ran(&question, &got, &notes.take(), &["repeat(\"ab\", 1001)"]);
    }
}

#[test]
fn the_answer_is_compressed_as_the_question_accepts() {
    for (accept, compressor) in [(1, 1), (3, 3), (9, 0), (0, 0)] {
        for (codec, question_compressor) in [(5, 0), (5, 2), (1, 1)] {
            let format = Format { codec, compressor: question_compressor };
            let question = repeat_call(format, "ab", 1000).accepting(accept);
            let got = handled(&*repeat(&Notes::default()), &question, &Marshaller::default());
            check_value(
                "`repeat(\"ab\", 1000)` was called: the answer is long.",
                &question,
                &got,
                (Status::OK, codec, compressor),
                &"ab".repeat(1000),
            );
            let question = repeat_call(format, "no", 1).accepting(accept);
            let got = handled(&*repeat(&Notes::default()), &question, &Marshaller::default());
            check_value(
                "`repeat(\"no\", 1)` was called: the function's own error is long.",
                &question,
                &got,
                (Status::SERVICE_ERROR, codec, compressor),
                &Refused::NotThis { text: "no ".repeat(1000) },
            );
            let question = repeat_call(format, "ab", 1).accepting(accept);
            let got = handled(&*repeat(&Notes::default()), &question, &Marshaller::default());
            check_value(
                "`repeat(\"ab\", 1)` was called: the answer is short, and not worth compressing.",
                &question,
                &got,
                (Status::OK, codec, 0),
                &"ab".to_owned(),
            );
        }
    }
}

/// One that compresses whatever it gets.
#[test]
fn the_marshaller_is_the_servers() {
    let policy = Policy { threshold: 0, at_most_percent: 1000 };
    let marshaller = Marshaller { policy, ..Marshaller::default() };
    for (text, times, status) in [("ab", 2, Status::OK), ("ab", 1001, Status::SERVICE_ERROR)] {
        let question = repeat_call(Format { codec: 5, compressor: 0 }, text, times).accepting(1);
        let got = handled(&*repeat(&Notes::default()), &question, &marshaller);
        if (got.status, got.codec, got.compressor) != (status, 5, 1) {
            Failure::new("This server's marshaller compresses short answers, too.")
                .show("the question", called(&question))
                .show("your reply", replied(&got))
                .expected(format_args!("status {status}, codec 5, compressor 1"))
                .got(format_args!("status {}, codec {}, compressor {}", got.status, got.codec, got.compressor))
                .because(
                    "Which codecs there are, what a body may ask for, and when it is compressed: the marshaller that \
                     `handle` is given knows. Another one knows something else.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn bad_arguments_are_answered_with_109() {
    let small = Marshaller { limits: Limits { max_text: 10, ..Limits::default() }, ..Marshaller::default() };
    let usual = Marshaller::default();
    let json = Format { codec: 1, compressor: 0 };
    for (question, marshaller, what) in [
        (raw_call(1, 0, b"{\"text\":\"ab\"}"), &usual, "one is missing"),
        (raw_call(1, 0, b"{\"text\":\"ab\",\"times\":\"3\"}"), &usual, "one has another type"),
        (raw_call(1, 0, b"{\"text\":\"ab\",\"times\":-3}"), &usual, "one is out of range"),
        (raw_call(1, 0, b"{\"text\":\"ab\",\"times\":3"), &usual, "they are cut"),
        (raw_call(1, 0, b""), &usual, "there are none"),
        (raw_call(5, 0, b"\xff\xff"), &usual, "they are no value"),
        (raw_call(5, 1, b"not deflated"), &usual, "they cannot be unpacked"),
        (repeat_call(json, "more than ten", 1), &small, "one is longer than this server allows"),
    ] {
        let expected = marshaller.read::<Repeat>(&question.arguments).expect_err("they are bad").to_string();
        check_no(
            &format!("`repeat` was called, and its arguments are bad: {what}."),
            &question,
            marshaller,
            Status::BAD_ARGUMENTS,
            &format!("{REPEAT}: {expected}"),
        );
    }
}

#[test]
fn an_unknown_codec_keeps_its_own_status() {
    for (codec, compressor, status) in [
        (99, 0, Status::UNKNOWN_CODEC),
        (0, 0, Status::UNKNOWN_CODEC),
        (5, 99, Status::UNKNOWN_COMPRESSOR),
        (1, 4, Status::UNKNOWN_COMPRESSOR),
    ] {
        let question = raw_call(codec, compressor, b"{\"text\":\"ab\",\"times\":3}");
        let marshaller = Marshaller::default();
        let expected =
            marshaller.read::<Repeat>(&question.arguments).expect_err("nobody knows it").to_string();
        check_no(
            &format!("`repeat` was called in codec {codec} and with compressor {compressor}."),
            &question,
            &marshaller,
            status,
            &format!("{REPEAT}: {expected}"),
        );
    }
}

#[test]
fn an_answer_that_cannot_be_written_is_answered_with_201() {
    type Unwritable = BTreeMap<Vec<u8>, u8>;
    let unwritable = || Unwritable::from([(vec![1], 2)]);
    for (ok, what) in [(true, "result"), (false, "own error")] {
        let notes = Notes::default();
        let inside = notes.clone();
        let handler = typed(REPEAT, move |Repeat { .. }| {
            inside.add("repeat");
            if ok { Ok(unwritable()) } else { Err(unwritable()) }
        });
        let question = repeat_call(Format { codec: 1, compressor: 0 }, "ab", 3).accepting(1);
        let got = handled(&*handler, &question, &Marshaller::default());
        let error = Marshaller::default().write(question.arguments.format, &unwritable());
        let text = error.expect_err("keys of JSON are texts").to_string();
        let expected = Reply::new(Status::INTERNAL, text);
        if got != expected {
            let because = if got.status != expected.status
                && got.status.outcome() != Some(Outcome::MayHaveRun)
            {
                "The function ran, and perhaps an order is placed! After \"never ran\" the caller calls again, and \
                 after a 304 without a value he does not know what to think. 201 says: it may have run."
            } else if got.codec != 0 || got.compressor != 0 {
                "A text for people has codec 0 and compressor 0. `Reply::new` does that."
            } else {
                "What `marshaller.write` says of it is the text: `to_string()`."
            };
            Failure::new(format_args!("The function has run, and its {what} has no form in JSON."))
                .show("the question", called(&question))
                .show("expected", replied(&expected))
                .show("your reply", replied(&got))
                .because(because)
                .page(PAGE)
                .raise();
        }
        check_ran(&question, &got, &notes.take(), &["repeat"]);
    }
}

// ---- Recorder ----

#[test]
fn every_call_is_noted_however_it_ends() {
    type End = fn() -> Result<Reply, CallError>;
    /// Service, method, bytes there, how it ends, bytes back, what the caller must assume.
    type Case = (&'static str, &'static str, usize, End, Option<usize>, Option<Outcome>);
    let ends: [Case; 6] = [
        ("OrderService", "get_order", 4, || Ok(Reply { codec: 5, ..Reply::ok("12345") }), Some(5), None),
        ("blue/Greeter:2.0", "say_hello", 0, || Ok(Reply::ok("")), Some(0), None),
        (
            "OrderService",
            "place_order",
            300,
            || Ok(Reply::new(Status::SERVICE_ERROR, "no")),
            Some(2),
            Some(Outcome::RanAndFailed),
        ),
        ("Other", "m", 1, || Ok(Reply::new(Status::BUSY, "later")), Some(5), Some(Outcome::NeverRan)),
        (
            "OrderService",
            "get_order",
            4,
            || Err(CallError::NoReply { source: io::ErrorKind::TimedOut.into() }),
            None,
            Some(Outcome::MayHaveRun),
        ),
        (
            "OrderService",
            "get_order",
            4,
            || Err(CallError::TooManyInFlight { capacity: 8 }),
            None,
            Some(Outcome::NeverRan),
        ),
    ];
    for (service, method, sent, end, received, outcome) in ends {
        let notes = Notes::default();
        let inside = notes.clone();
        let question = sized_call(service, method, sent).accepting(1);
        let asked = question.clone();
        let next = move |invocation: &Invocation| {
            inside.add(if *invocation == asked { "the call" } else { "another call" });
            end()
        };
        let recorder = Arc::new(Recorder::new(Arc::new(next), 8));
        let got = invoked("Recorder::invoke", recorder.clone(), &question);
        let passed = notes.take();
        if format!("{got:?}") != format!("{:?}", end()) || passed != ["the call"] {
            Failure::new(format_args!("{service}.{method} was called through the recorder."))
                .show("the call", called(&question))
                .expected(format_args!("next gets the call, once; the caller gets {:?}", end()))
                .got(format_args!("next gets {passed:?}; the caller gets {got:?}"))
                .because(
                    "A recorder looks on. Whoever calls through it must not be able to tell that it is there: the \
                     call goes on as it came, once, and what comes back goes back.",
                )
                .page(PAGE)
                .raise();
        }
        let expected = [Entry { call: format!("{service}.{method}"), sent, received, outcome }];
        let entries = recorder.entries();
        if entries != expected {
            let because = match &entries[..] {
                [] if got.is_err() || outcome.is_some() => {
                    "This call went wrong, and nobody will know of it. The calls that fail are those for which \
                     people look into the notes."
                }
                [] => "Each call is noted, when it has ended.",
                [entry] if entry.outcome != outcome => {
                    "What the caller must assume is said by `outcome(&result)`: of a reply by its status, of an \
                     error by its kind. Nothing to assume is None."
                }
                [entry] if entry.call != expected[0].call => {
                    "What was called is the service's whole key and the method, with a point between."
                }
                [entry] if entry.sent != sent => "`sent` are the bytes of the arguments.",
                [_] => {
                    "`received` are the bytes of the reply's body, whatever its status is; without a reply there are \
                     none, and not 0."
                }
                _ => "One call is one entry.",
            };
            Failure::new(format_args!("{service}.{method} was called through the recorder."))
                .show("the call", called(&question))
                .show("how it ended", format_args!("{:?}", end()))
                .expected(format_args!("{expected:?}"))
                .got(format_args!("{entries:?}"))
                .because(because)
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn the_last_calls_are_kept_and_no_more() {
    for capacity in [3, 1, 2, 0] {
        let recorder = Arc::new(Recorder::new(Arc::new(|_: &Invocation| Ok(Reply::ok(""))), capacity));
        let mut made: Vec<String> = Vec::new();
        for number in 1..=7 {
            let question = sized_call("S", &format!("call_{number}"), number);
            made.push(format!("S.call_{number}"));
            let _ = invoked("Recorder::invoke", recorder.clone(), &question);
            let entries: Vec<String> = recorder.entries().into_iter().map(|entry| entry.call).collect();
            let expected = &made[made.len().saturating_sub(capacity)..];
            if entries != expected {
                let because = if entries.len() > capacity && capacity == 0 {
                    "Where there is room for none, none stays. Look at the length *behind* the `push_back`, and take \
                     out what is too much."
                } else if entries.len() > capacity {
                    "A recorder that keeps everything fills the memory of a server that runs for a year. For each \
                     entry that comes in above the capacity, one goes out."
                } else if entries.len() < expected.len() {
                    "There was room for one more. As many are kept as the capacity says, the last one included."
                } else {
                    "The oldest entry goes, and the newest comes last: `push_back` and `pop_front`."
                };
                Failure::new(format_args!(
                    "{number} calls went through a recorder with room for {capacity}."
                ))
                .expected(format_args!("{expected:?}"))
                .got(format_args!("{entries:?}"))
                .because(because)
                .page(PAGE)
                .raise();
            }
        }
    }
}

/// A handler that is a caller itself.
#[test]
fn a_call_within_a_call_passes_the_recorder() {
    let recorder: Arc<OnceLock<Arc<Recorder>>> = Arc::default();
    let again = Arc::clone(&recorder);
    let next = move |invocation: &Invocation| {
        if invocation.method() == "place_order" {
            let recorder = again.get().expect("it is there before the first call");
            recorder.invoke(&sized_call("Stock", "reserve", 2))?;
        }
        Ok(Reply::ok(invocation.method().to_owned()))
    };
    let one = Arc::new(Recorder::new(Arc::new(next), 8));
    let _ = recorder.set(Arc::clone(&one));
    let got = invoked("Recorder::invoke", one.clone(), &sized_call("OrderService", "place_order", 1));
    let entries: Vec<String> = one.entries().into_iter().map(|entry| entry.call).collect();
    if entries != ["Stock.reserve", "OrderService.place_order"]
        || !got.is_ok_and(|got| got.body == "place_order")
    {
        Failure::new(
            "While OrderService.place_order ran, it called Stock.reserve through the same recorder.",
        )
        .expected("[\"Stock.reserve\", \"OrderService.place_order\"]")
        .got(format_args!("{entries:?}"))
        .because("A call is noted when it has ended, and the inner one ends first.")
        .page(PAGE)
        .raise();
    }
}

// ---- Switch ----

#[test]
fn calls_go_to_the_target_of_the_moment() {
    let notes = Notes::default();
    let targets: Vec<Arc<dyn Invoker>> = ["a", "b", "c"].map(|name| target(name, &notes)).to_vec();
    let switch = Arc::new(Switch::new(Arc::clone(&targets[0])));
    for (now, name) in ["a", "b", "c"].into_iter().enumerate() {
        if now > 0 {
            let new = Arc::clone(&targets[now]);
            let old = replaced(&switch, &format!("the next target: {name}"), new);
            if !Arc::ptr_eq(&old, &targets[now - 1]) {
                Failure::new("A target was replaced.")
                    .expected("the one that stood there before is given back")
                    .got("another one is given back")
                    .because("Whoever replaced it may want to close it. `std::mem::replace` gives back what was there.")
                    .page(PAGE)
                    .raise();
            }
        }
        for _ in 0..2 {
            let got = invoked("Switch::invoke", switch.clone(), &sized_call("S", "m", 1));
            let ran = notes.take();
            if ran != [name] || !got.as_ref().is_ok_and(|got| got.body == name) {
                Failure::new(format_args!("The target is {name}, and a call came."))
                    .expected(format_args!("{name} is called once, and answers"))
                    .got(format_args!("called: {ran:?}; the answer: {got:?}"))
                    .because(
                        "A call goes to the target that stands there when it comes, once, and what that one says is \
                         the answer.",
                    )
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

/// Also when another target stands there by then.
#[test]
fn how_a_call_ends_its_target_says() {
    type End = fn() -> Result<Reply, CallError>;
    let ends: [End; 3] = [
        || Err(CallError::TooManyInFlight { capacity: 8 }),
        || Err(CallError::NoReply { source: io::ErrorKind::TimedOut.into() }),
        || Ok(Reply::new(Status::BUSY, "later")),
    ];
    for (end, is_replaced) in ends.into_iter().flat_map(|end| [(end, false), (end, true)]) {
        let notes = Notes::default();
        let switch: Arc<OnceLock<Arc<Switch>>> = Arc::default();
        let (again, inside) = (Arc::clone(&switch), notes.clone());
        let old = move |_: &Invocation| {
            inside.add("old");
            if is_replaced {
                let _ = again.get().expect("it is there before the call").replace(target("new", &inside));
            }
            end()
        };
        let one = Arc::new(Switch::new(Arc::new(old)));
        let _ = switch.set(Arc::clone(&one));
        let got = invoked("Switch::invoke", one, &sized_call("S", "m", 1));
        let (ran, expected) = (notes.take(), format!("{:?}", end()));
        if ran != ["old"] || format!("{got:?}") != expected {
            Failure::new(if is_replaced {
                "While a call ran at the old target, a new one was put in its place. Then the call ended badly."
            } else {
                "A call ended badly at its target."
            })
            .expected(format_args!("called: [\"old\"]; the end: {expected}"))
            .got(format_args!("called: {ran:?}; the end: {got:?}"))
            .because(if ran.len() > 1 {
                "A switch tries nothing again: the call may have run, and it may be an order. One call is one call \
                 of one target. Who wants another attempt puts a filter there; you will write one, in 04-04."
            } else {
                "How a call ends, the target knows. Pass it on."
            })
            .page(PAGE)
            .raise();
        }
    }
}

#[test]
fn a_target_can_be_replaced_while_it_runs() {
    let notes = Notes::default();
    let switch: Arc<OnceLock<Arc<Switch>>> = Arc::default();
    let (again, inside) = (Arc::clone(&switch), notes.clone());
    let old = move |invocation: &Invocation| {
        inside.add(format!("old: {}", invocation.method()));
        let switch = again.get().expect("it is there before the first call");
        let _ = switch.replace(target("new", &inside));
        inside.add("replaced");
        let reply = switch.invoke(&sized_call("S", "second", 1))?;
        inside.add(format!("the second call was answered by {}", String::from_utf8_lossy(&reply.body)));
        Ok(Reply::ok("old"))
    };
    let one = Arc::new(Switch::new(Arc::new(old)));
    let _ = switch.set(Arc::clone(&one));
    let got = invoked("Switch::invoke", one, &sized_call("S", "first", 1));
    let answer = got.map(|reply| String::from_utf8_lossy(&reply.body).into_owned());
    let story = notes.take();
    let expected = ["old: first", "replaced", "new", "the second call was answered by new"];
    if story != expected || !matches!(&answer, Ok(answer) if answer == "old") {
        Failure::new("While a call ran at the old target, the target was replaced, and a second call came.")
            .show("expected", format!("{}\nthe first call was answered by old", expected.join("\n")))
            .show("what happened", format!("{}\nthe first call was answered by {answer:?}", story.join("\n")))
            .because(
                "A call belongs to the target where it began, to its end. Look at the target once, when the call \
                 comes; who looks again afterwards, and finds another one, is tempted to call twice.",
            )
            .page(PAGE)
            .raise();
    }
}

// ---- the whole ----

/// A stub lives on while its server moves.
#[test]
fn two_interfaces_two_servers_one_recorder() {
    let serve = |greeting: &'static str| {
        let hello = Signature { name: "say_hello", arguments: &[("name", "&str")], returns: "String" };
        let hello_handler =
            typed(hello, move |(name,): (String,)| Ok::<_, NoError>(format!("{greeting} {name}")));
        let builder = Server::builder()
            .service(Skeleton::new(key("Greeter"), "NoError").handler(hello, hello_handler))
            .service(Skeleton::new(key("Echo"), "Refused").handler(REPEAT, repeat(&Notes::default())));
        builder.start(TcpListener::bind("127.0.0.1:0").expect("loopback is there")).expect("it starts")
    };
    let (first, second) = (serve("Hello"), serve("Hi"));
    let client = |server: &Server| Arc::new(Client::new(server.address(), ClientOptions::default()));
    let switch = Arc::new(Switch::new(client(&first)));
    let recorder = Arc::new(Recorder::new(switch.clone(), 2));
    let greeter = Proxy::new(key("Greeter"), recorder.clone());
    let echo = Proxy::new(key("Echo"), recorder.clone());

    let (moved, second_client) = (Arc::clone(&switch), client(&second));
    let told_by = Arc::clone(&recorder);
    let story = told("Switch", "two stubs; the target moves from one server to another", move || {
        bounded(move || {
            let greet =
                || greeter.call::<_, String, NoError>("say_hello", &("world",)).map_err(|e| e.to_string());
            let repeat =
                |times| echo.call::<_, String, Refused>("repeat", &Repeat { text: "ab".into(), times });
            let mut story = vec![format!("{:?}", greet())];
            drop(moved.replace(second_client));
            story.push(format!("{:?}", greet()));
            story.push(format!("{:?}", repeat(2).ok()));
            let refused = repeat(2000);
            let limit = matches!(refused, Err(RpcError::Service(Refused::TooOften { limit: 1000 })));
            story.push(limit.to_string());
            story.extend(told_by.entries().iter().map(|entry| format!("{} {:?}", entry.call, entry.outcome)));
            story
        })
    });
    let expected = [
        "Ok(\"Hello world\")",
        "Ok(\"Hi world\")",
        "Some(\"abab\")",
        "true",
        "Echo.repeat None",
        "Echo.repeat Some(RanAndFailed)",
    ];
    if story != expected {
        Failure::new("Two stubs called through your recorder and your switch, over sockets, your handlers.")
            .show("expected", expected.join("\n"))
            .show("got", story.join("\n"))
            .because("If other tests are red too, begin with them: they look at one thing at a time.")
            .page(PAGE)
            .raise();
    }
    first.stop().expect("it stops");
    second.stop().expect("it stops");
}

/// A dispatcher contains what your handler does not: here nothing does.
#[test]
fn a_dispatcher_takes_your_handlers() {
    let notes = Notes::default();
    let mut dispatcher = Dispatcher::new(Arc::default());
    let skeleton = Skeleton::new(key("Echo"), "Refused").handler(REPEAT, repeat(&notes));
    dispatcher.add(skeleton).expect("one service");
    let question = repeat_call(Format { codec: 5, compressor: 0 }, "ab", 2);
    let got = told("typed", &called(&question), || dispatcher.dispatch(&question));
    check_value(
        "`repeat(\"ab\", 2)` was dispatched.",
        &question,
        &got,
        (Status::OK, 5, 0),
        &"abab".to_owned(),
    );
    check_ran(&question, &got, &notes.take(), &["repeat(\"ab\", 2)"]);
}

/// A call with so many bytes of arguments.
fn sized_call(service: &str, method: &str, bytes: usize) -> Invocation {
    let format = Format { codec: 0, compressor: 0 };
    call(service, method, Body { format, bytes: vec![b'x'; bytes].into() })
}

/// An invoker that answers with its name.
fn target(name: &'static str, notes: &Notes) -> Arc<dyn Invoker> {
    let notes = notes.clone();
    Arc::new(move |_: &Invocation| {
        notes.add(name);
        Ok(Reply::ok(name))
    })
}

#[track_caller]
fn check_value<T: Serialize + DeserializeOwned + PartialEq>(
    symptom: &str,
    question: &Invocation,
    got: &Reply,
    (status, codec, compressor): (Status, u8, u8),
    value: &T,
) {
    let format = Format { codec, compressor };
    let body = Marshaller::default().write(format, value).expect("it has a body");
    let expected = Reply { status, codec, compressor, body: body.bytes };
    let read = |format| Marshaller::default().read::<T>(&Body { format, bytes: got.body.clone() }).ok();
    let said = Format { codec: got.codec, compressor: got.compressor };
    if got.status == status && said == format && read(said).as_ref() == Some(value) {
        return;
    }
    let because = if got.status != status && status == Status::SERVICE_ERROR {
        "The function ran and said no: 304, and the body is what it said."
    } else if got.status != status && got.body.starts_with(b"compressor: unknown id") {
        "The question accepts a compressor that nobody here knows: then its answer is sent raw, and that is no reason \
         to fail. `marshaller.accepted` passes over what it does not know."
    } else if got.status != status {
        "The question is in order, and the function has answered."
    } else if got.codec == 0 {
        "A value stands in the body, and the codec byte says: plain bytes. Whoever gets it looks at that byte. \
         `marshaller.write` gives the body with its format: both bytes belong into the reply."
    } else if got.codec != codec {
        "Whoever asks in one codec may be able to read no other. The codec of the question is that of the answer: \
         `invocation.arguments.format.codec`."
    } else if said == format {
        "The format is right, and the value is another one."
    } else if got.compressor == 0 {
        "The question says that its answer may be compressed, and this one is long. Not the question's own format: \
         `invocation.accept()` says it, and `marshaller.accepted` finds the compressor for it."
    } else if read(Format { codec, compressor: 0 }).as_ref() == Some(value) {
        "The compressor byte says that the body is compressed, and it is not: what is short is sent raw. \
         `marshaller.write` says what it has done, in the format of its body."
    } else {
        "The asker has not said that he can unpack this. How the question itself came says nothing about the \
         answer: `invocation.accept()` says it, and `marshaller.accepted` finds the one to take."
    };
    Failure::new(symptom)
        .show("the question", called(question))
        .show("expected", replied(&expected))
        .show("your reply", replied(got))
        .because(because)
        .page(PAGE)
        .raise();
}

#[track_caller]
fn check_ran(question: &Invocation, got: &Reply, ran: &[String], expected: &[&str]) {
    if ran != expected {
        Failure::new("The reply is right. How often did the function run for it?")
            .show("the question", called(question))
            .show("your reply", replied(got))
            .expected(format_args!("{expected:?}"))
            .got(format_args!("{ran:?}"))
            .because("Each call may place an order. Call `f` once, with what you have read.")
            .page(PAGE)
            .raise();
    }
}

/// A text for people, and nothing ran.
#[track_caller]
fn check_no(symptom: &str, question: &Invocation, marshaller: &Marshaller, status: Status, text: &str) {
    let notes = Notes::default();
    let got = handled(&*repeat(&notes), question, marshaller);
    let (ran, expected) = (notes.take(), Reply::new(status, text.to_owned()));
    if ran.is_empty() && got == expected {
        return;
    }
    let because = if !ran.is_empty() {
        "The function ran, with arguments that nobody has sent. What cannot be read has no value. And the limits \
         are those of the marshaller that `handle` is given: another one has others."
    } else if got.status != status && got.status.outcome() != Some(Outcome::NeverRan) {
        "Nothing ran, and your status does not say so. The caller dares not try again."
    } else if got.status != status && status == Status::BAD_ARGUMENTS {
        "109 says that the arguments are not those of the method: only whoever wrote the call can mend that. 101 \
         is for a frame that calls nothing."
    } else if got.status != status {
        "106 and 107 tell the caller that he can try another codec, or none of the compressors, with the same \
         arguments. 109 would tell him that his arguments are wrong. `error.status()` knows which; only its 101 \
         becomes a 109."
    } else if got.codec != 0 || got.compressor != 0 {
        "A text for people has codec 0 and compressor 0, so that also those can read it who share no codec with \
         you. `Reply::new` does that."
    } else {
        "The status is right, the text is another one: the signature, a colon, a blank, and what the error says."
    };
    Failure::new(symptom)
        .show("the question", called(question))
        .show("expected", replied(&expected))
        .show("your reply", replied(&got))
        .expected("the function does not run")
        .got(format_args!("ran: {ran:?}"))
        .because(because)
        .page(PAGE)
        .raise();
}
