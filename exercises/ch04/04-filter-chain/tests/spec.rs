//! # Spec of 04-04: a filter chain
//!
//! A log, a token, another attempt: each belongs around every call, and none of them into any method. So they
//! stand one behind another, each around all that follow. A call goes in from the outside to the inside, and its
//! reply comes back through the same filters from the inside to the outside. Who stands first sees the call
//! first and the reply last.
//!
//! A filter goes on by calling `next`, and `next` is an invoker like any other: it can be called, called again,
//! or left alone. It must not remember. A chain that keeps a place where it is, keeps it for all calls at once.
//!
//! One of the filters repeats calls. That is dangerous, and there is one question that makes it safe: may this
//! call have run?

mod harness;

use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use ch02_protocol::{ClientOptions, Reply, ServerOptions, Status};
use ch04_proxy::filters::Token;
use ch04_proxy::{
    Client, Dispatcher, Filter, Invocation, Invoker, NoError, Proxy, Server, ServiceKey, Signature, Skeleton,
};
use filter_chain::{Chain, Require, Retry};
use harness::{
    Ending, How, PAGE, Signal, Trace, bounded, call, call_with, end, ended, invoked, noting, retry, told,
    twice,
};
use spec_kit::Failure;

const OK: How = How::Reply(Status::OK, "");
const BUSY: How = How::Reply(Status::BUSY, "");

// ---- the chain ----

#[test]
fn the_first_filter_sees_the_call_first_and_the_reply_last() {
    let trace = Trace::default();
    let filters = [noting("outer", &trace), noting("middle", &trace), noting("inner", &trace)];
    let end = end(&trace, &[How::Reply(Status::OK, "order 42")]);
    let got = invoked(&trace, &filters, end, &call("get_order"));
    check_order(
        &trace,
        &[
            "outer: get_order goes in",
            "  middle: get_order goes in",
            "    inner: get_order goes in",
            "      the end: get_order, 0 ok \"order 42\"",
            "    inner: 0 ok \"order 42\" comes out",
            "  middle: 0 ok \"order 42\" comes out",
            "outer: 0 ok \"order 42\" comes out",
        ],
    );
    check_ending(&trace, &got, "0 ok \"order 42\"");
}

#[test]
fn a_chain_may_have_one_filter_or_none() {
    let trace = Trace::default();
    let got = invoked(&trace, &[], end(&trace, &[How::Reply(Status::OK, "order 42")]), &call("get_order"));
    check_order(&trace, &["the end: get_order, 0 ok \"order 42\""]);
    check_ending(&trace, &got, "0 ok \"order 42\"");

    let trace = Trace::default();
    let got = invoked(&trace, &[noting("only", &trace)], end(&trace, &[How::NoReply]), &call("get_order"));
    check_order(
        &trace,
        &[
            "only: get_order goes in",
            "  the end: get_order, no reply: timed out (the call may have run)",
            "only: no reply: timed out (the call may have run) comes out",
        ],
    );
    check_ending(&trace, &got, "no reply: timed out (the call may have run)");
}

#[test]
fn a_filter_that_does_not_go_on_ends_the_call() {
    let trace = Trace::default();
    let inside = trace.clone();
    let refuse: Arc<dyn Filter> = Arc::new(move |_: &Invocation, _: &dyn Invoker| {
        inside.line("refuse: does not go on");
        Ok(Reply::new(Status::UNAUTHENTICATED, "no"))
    });
    let filters = [noting("outer", &trace), refuse, noting("inner", &trace)];
    let got = invoked(&trace, &filters, end(&trace, &[OK]), &call("get_order"));
    check_order(
        &trace,
        &[
            "outer: get_order goes in",
            "  refuse: does not go on",
            "outer: 114 unauthenticated \"no\" comes out",
        ],
    );
    check_ending(&trace, &got, "114 unauthenticated \"no\"");
}

#[test]
fn what_stands_behind_a_filter_can_be_called_again() {
    let trace = Trace::default();
    let filters = [noting("outer", &trace), twice(&trace), noting("inner", &trace)];
    let _ = invoked(&trace, &filters, end(&trace, &[BUSY, OK]), &call("get_order"));
    check_again(
        "The filter in the middle goes on twice.",
        &trace,
        &[
            "outer: get_order goes in",
            "  twice: goes on once",
            "    inner: get_order goes in",
            "      the end: get_order, 103 busy",
            "    inner: 103 busy comes out",
            "  twice: and again",
            "  twice: goes on again",
            "    inner: get_order goes in",
            "      the end: get_order, 0 ok",
            "    inner: 0 ok comes out",
            "  twice: and that is all",
            "outer: 0 ok comes out",
        ],
    );
    let trace = Trace::default();
    let filters = [noting("outer", &trace), twice(&trace)];
    let _ = invoked(&trace, &filters, end(&trace, &[BUSY, OK]), &call("get_order"));
    check_again(
        "The last filter goes on twice.",
        &trace,
        &[
            "outer: get_order goes in",
            "  twice: goes on once",
            "    the end: get_order, 103 busy",
            "  twice: and again",
            "  twice: goes on again",
            "    the end: get_order, 0 ok",
            "  twice: and that is all",
            "outer: 0 ok comes out",
        ],
    );
}

#[test]
fn what_a_filter_passes_on_is_what_the_next_one_sees() {
    let trace = Trace::default();
    let other: Arc<dyn Filter> = Arc::new(|_: &Invocation, next: &dyn Invoker| {
        let _ = next.invoke(&call("another_method"))?;
        Ok(Reply::new(Status::OK, "another reply"))
    });
    let filters = [noting("outer", &trace), other, noting("inner", &trace)];
    let end = end(&trace, &[How::Reply(Status::OK, "order 42")]);
    let got = invoked(&trace, &filters, end, &call("get_order"));
    trace.check(
        "A filter in the middle passes another call on, and gives another reply back.",
        &[
            "outer: get_order goes in",
            "  inner: another_method goes in",
            "    the end: another_method, 0 ok \"order 42\"",
            "  inner: 0 ok \"order 42\" comes out",
            "outer: 0 ok \"another reply\" comes out",
        ],
        |got| match got.contains("inner: get_order") || got.contains("the end: get_order") {
            true => "A filter may change the call: it puts a token on it, for instance. What it gives to `next` goes \
                     to the next filter, and not what the chain was given."
                .into(),
            false => BROKEN.into(),
        },
    );
    check_ending(&trace, &got, "0 ok \"another reply\"");
}

#[test]
fn every_call_begins_with_the_first_filter() {
    let trace = Trace::default();
    let filters = [noting("outer", &trace), noting("inner", &trace)];
    let chain = Chain::new(filters.to_vec(), end(&trace, &[OK]));
    for method in ["first", "second", "third"] {
        let _ = told("Chain::invoke", &trace, || chain.invoke(&call(method)));
    }
    let one = |method: &str| {
        [
            format!("outer: {method} goes in"),
            format!("  inner: {method} goes in"),
            format!("    the end: {method}, 0 ok"),
            "  inner: 0 ok comes out".to_owned(),
            "outer: 0 ok comes out".to_owned(),
        ]
    };
    let expected = ["first", "second", "third"].map(one).concat();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    check_again("Three calls went through one chain, one after the other.", &trace, &expected);
}

/// The end is a handler that calls somebody through the same chain.
#[test]
fn a_call_within_a_call_begins_with_the_first_filter() {
    let trace = Trace::default();
    let chain: Arc<OnceLock<Arc<Chain>>> = Arc::default();
    let (again, inside) = (Arc::clone(&chain), trace.clone());
    let end = move |invocation: &Invocation| {
        if invocation.method() == "place_order" {
            again.get().expect("it is there before the first call").invoke(&call("reserve"))?;
        }
        inside.line(&format!("the end: {}", invocation.method()));
        Ok(Reply::ok(""))
    };
    let filters = [noting("outer", &trace), noting("inner", &trace)];
    let one = Arc::new(Chain::new(filters.to_vec(), Arc::new(end)));
    let _ = chain.set(Arc::clone(&one));
    let _ = told("Chain::invoke", &trace, move || bounded(move || one.invoke(&call("place_order"))));
    check_again(
        "While place_order ran, it called reserve through the same chain.",
        &trace,
        &[
            "outer: place_order goes in",
            "  inner: place_order goes in",
            "    outer: reserve goes in",
            "      inner: reserve goes in",
            "        the end: reserve",
            "      inner: 0 ok comes out",
            "    outer: 0 ok comes out",
            "    the end: place_order",
            "  inner: 0 ok comes out",
            "outer: 0 ok comes out",
        ],
    );
}

/// Each filter puts its name on the call; the end tells what it reads there. The second call comes when the first
/// is inside of the outer filter, and goes on when the first has ended.
#[test]
fn two_calls_at_once_pass_all_filters_each() {
    let naming = |name: &'static str, before: Box<dyn Fn(&str) + Send + Sync>| -> Arc<dyn Filter> {
        Arc::new(move |invocation: &Invocation, next: &dyn Invoker| {
            before(invocation.method());
            let mut named = invocation.clone();
            let path = named.metadata.get("path").map(|path| format!("{path}, ")).unwrap_or_default();
            named.metadata.set("path", &format!("{path}{name}")).expect("it fits");
            next.invoke(&named)
        })
    };
    let [first_inside, second_inside, first_ended] = [(); 3].map(|()| Signal::new());
    let outer = {
        let (first_inside, second_inside) = (first_inside.clone(), second_inside.clone());
        let first_ended = first_ended.clone();
        naming(
            "outer",
            Box::new(move |method| {
                if method == "first" {
                    first_inside.give();
                    second_inside.wait();
                } else {
                    second_inside.give();
                    first_ended.wait();
                }
            }),
        )
    };
    let filters = vec![outer, naming("middle", Box::new(|_| ())), naming("inner", Box::new(|_| ()))];
    let end =
        |invocation: &Invocation| Ok(Reply::ok(invocation.metadata.get("path").unwrap_or("none").to_owned()));
    let chain = Chain::new(filters, Arc::new(end));
    let trace = Trace::default();
    trace.line("the second call came while the first one ran, on a thread of its own");
    let paths = told("Chain::invoke", &trace, move || {
        bounded(move || {
            thread::scope(|scope| {
                let (chain, inside, ended_) = (&chain, [&first_inside, &second_inside], &first_ended);
                let first = scope.spawn(move || {
                    // Also when it panics, or has never been in the filter: nobody waits for ever.
                    let _at_the_end = (inside[0].at_the_end(), ended_.at_the_end());
                    ended(&chain.invoke(&call("first")))
                });
                inside[0].wait();
                let second = scope.spawn(move || {
                    let _at_the_end = inside[1].at_the_end();
                    ended(&chain.invoke(&call("second")))
                });
                [first, second]
                    .map(|call| call.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            })
        })
    });
    let expected = "0 ok \"outer, middle, inner\"";
    if paths != [expected, expected] {
        Failure::new(
            "Two calls went through one chain at the same time. Which filters did each of them pass?",
        )
        .expected(format_args!("{expected}, and {expected}"))
        .got(format_args!("{}, and {}", paths[0], paths[1]))
        .because(REMEMBERS)
        .page(PAGE)
        .raise();
    }
}

// ---- Retry ----

#[test]
fn only_what_never_ran_and_may_go_better_is_tried_again() {
    let reply = |status| How::Reply(status, "");
    let gone = "The server or the way to it was not ready, and nothing ran: a moment later it may be.";
    let again_no_better = "Nothing ran. But what is wrong with this call will be wrong with it in a moment.";
    let may_have_run = "Nobody knows whether it ran. It may be an order, and two orders are one too many.";
    let ran = "It ran, and said no. It will say so again.";
    for (how, again, because) in [
        (BUSY, true, gone),
        (reply(Status::SHUTTING_DOWN), true, gone),
        (How::Connect, true, gone),
        (How::Ended, true, gone),
        (How::TooManyInFlight, true, gone),
        (reply(Status::IDLE), true, gone),
        (How::GoneAway(Status::SHUTTING_DOWN), true, gone),
        (How::GoneAway(Status::IDLE), true, gone),
        (How::GoneAway(Status::BUSY), true, gone),
        (How::Remote(Status::BUSY), true, gone),
        (How::Remote(Status::SHUTTING_DOWN), true, gone),
        (OK, false, "It went well."),
        (How::NoReply, false, may_have_run),
        (How::BadReply, false, may_have_run),
        (reply(Status::INTERNAL), false, may_have_run),
        (reply(Status(250)), false, may_have_run),
        (reply(Status(65535)), false, may_have_run),
        (reply(Status::SERVICE_ERROR), false, ran),
        (reply(Status::NOT_FOUND), false, ran),
        (reply(Status::BAD_ARGUMENT), false, ran),
        (reply(Status::REPLY_TOO_LONG), false, ran),
        (reply(Status::UNKNOWN_SERVICE), false, again_no_better),
        (reply(Status::UNKNOWN_METHOD), false, again_no_better),
        (reply(Status::BAD_ARGUMENTS), false, again_no_better),
        (reply(Status::BAD_REQUEST), false, again_no_better),
        (reply(Status::UNAUTHENTICATED), false, again_no_better),
        (reply(Status::UNKNOWN_CODEC), false, again_no_better),
        (reply(Status::UNKNOWN_EXTENSION), false, again_no_better),
        (reply(Status::UNKNOWN_COMPRESSOR), false, again_no_better),
        (reply(Status::BAD_FRAME), false, again_no_better),
        (reply(Status::UNSUPPORTED_VERSION), false, again_no_better),
        (reply(Status::FRAME_TIMEOUT), false, again_no_better),
        (reply(Status(142)), false, "It never ran, says its hundred, and nobody knows what would mend it."),
        (How::GoneAway(Status::UNSUPPORTED_VERSION), false, again_no_better),
        (How::GoneAway(Status::BAD_FRAME), false, again_no_better),
        (How::GoneAway(Status::FRAME_TIMEOUT), false, again_no_better),
        (How::Remote(Status::UNKNOWN_METHOD), false, again_no_better),
        (How::Remote(Status::INTERNAL), false, may_have_run),
        (How::Remote(Status::NOT_FOUND), false, ran),
        (
            How::Refused,
            false,
            "A filter on our own side has refused it, and knows why. It will refuse it again.",
        ),
        (How::NotAFrame, false, "The call is too long to be sent. It will be no shorter in a moment."),
    ] {
        let trace = Trace::default();
        let _ = invoked(&trace, &[retry(2, 10, &trace)], end(&trace, &[how, OK]), &call("place_order"));
        let ended = ended(&how.result());
        let mut expected = vec![format!("the end: place_order, {ended}")];
        if again {
            expected.extend(["Retry waits 10 ms".to_owned(), "the end: place_order, 0 ok".to_owned()]);
        }
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        let whether = if again { "is tried again" } else { "is not tried again" };
        trace.check(
            &format!("The call ended with {ended}. Two attempts are allowed: it {whether}."),
            &expected,
            |got| match but_pauses(got) == but_pauses(&expected.join("\n")) {
                true => PAUSES.to_owned(),
                false => because.to_owned(),
            },
        );
    }
}

#[test]
fn so_many_attempts_and_a_pause_between_them() {
    for attempts in [1, 2, 3, 5, 10] {
        let trace = Trace::default();
        let got = invoked(&trace, &[retry(attempts, 10, &trace)], end(&trace, &[BUSY]), &call("get_order"));
        let mut expected = vec!["the end: get_order, 103 busy".to_owned()];
        for attempt in 1..attempts {
            let pause = (10u64 << (attempt - 1)).min(1000);
            expected.push(format!("Retry waits {pause} ms"));
            expected.push("the end: get_order, 103 busy".to_owned());
        }
        check_pauses(&format!("The end is always busy. Attempts allowed: {attempts}."), &trace, &expected);
        check_ending(&trace, &got, "103 busy");
    }
    for (pause, pauses) in
        [(400, [400, 800, 1000, 1000]), (5000, [1000; 4]), (0, [0; 4]), (u64::MAX, [1000; 4])]
    {
        let trace = Trace::default();
        let _ = invoked(&trace, &[retry(5, pause, &trace)], end(&trace, &[BUSY]), &call("get_order"));
        let mut expected = vec!["the end: get_order, 103 busy".to_owned()];
        for pause in pauses {
            expected.push(format!("Retry waits {pause} ms"));
            expected.push("the end: get_order, 103 busy".to_owned());
        }
        check_pauses(
            &format!("The first pause was to be {pause} ms; none may be above 1000."),
            &trace,
            &expected,
        );
    }
}

#[test]
fn the_last_attempt_says_how_it_ended() {
    let [first, second, third] = ["first", "second", "third"].map(|text| How::Reply(Status::BUSY, text));
    for (answers, ending, because) in [
        (
            &[first, second, third][..],
            "103 busy \"third\"",
            "What the last attempt said is the newest that is known. The first one's words are old.",
        ),
        (
            &[first, How::Reply(Status::OK, "second")],
            "0 ok \"second\"",
            "The second attempt went well: that is the result, and there is no third.",
        ),
        (
            &[first, How::NoReply, third],
            "no reply: timed out (the call may have run)",
            "The second attempt may have run. From then on nothing may be repeated, and the caller must hear of it: \
             with the first one's \"busy\" he would take it for a call that never ran.",
        ),
        (
            &[How::Ended, How::Reply(Status::SERVICE_ERROR, "second"), third],
            "304 service-error \"second\"",
            "The second attempt ran, and said no. That is the result.",
        ),
        (
            &[first, How::Connect],
            "cannot connect to 127.0.0.1:7040: connection refused",
            "What the last attempt said is the result, also when it has no reply.",
        ),
    ] {
        let trace = Trace::default();
        let got = invoked(&trace, &[retry(3, 10, &trace)], end(&trace, answers), &call("get_order"));
        if ended(&got) != ending {
            Failure::new("Three attempts were allowed.")
                .show("what happened", trace.lines())
                .expected(ending)
                .got(ended(&got))
                .because(because)
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_retry_repeats_what_stands_behind_it() {
    let trace = Trace::default();
    let filters = [noting("outer", &trace), retry(3, 10, &trace), noting("inner", &trace)];
    let got = invoked(&trace, &filters, end(&trace, &[BUSY, BUSY, OK]), &call("get_order"));
    check_again(
        "A Retry stands between two filters, and the end is busy twice.",
        &trace,
        &[
            "outer: get_order goes in",
            "  inner: get_order goes in",
            "    the end: get_order, 103 busy",
            "  inner: 103 busy comes out",
            "  Retry waits 10 ms",
            "  inner: get_order goes in",
            "    the end: get_order, 103 busy",
            "  inner: 103 busy comes out",
            "  Retry waits 20 ms",
            "  inner: get_order goes in",
            "    the end: get_order, 0 ok",
            "  inner: 0 ok comes out",
            "outer: 0 ok comes out",
        ],
    );
    check_ending(&trace, &got, "0 ok");
}

/// The token is on it, and the arguments are.
#[test]
fn a_retry_repeats_the_call_as_it_came() {
    let question = call_with("token", "s3cret").accepting(3);
    let asked = question.clone();
    let trace = Trace::default();
    let (inside, count) = (trace.clone(), AtomicUsize::new(0));
    let end = move |invocation: &Invocation| {
        inside.line(if *invocation == asked { "the end: the call" } else { "the end: another call" });
        let first = count.fetch_add(1, Ordering::SeqCst) == 0;
        Ok(Reply::new(if first { Status::BUSY } else { Status::OK }, ""))
    };
    let _ = invoked(&trace, &[retry(2, 10, &trace)], Arc::new(end), &question);
    trace.check(
        "A call with a token in its metadata is tried twice.",
        &["the end: the call", "Retry waits 10 ms", "the end: the call"],
        |got| match got.contains("another call") {
            true => "Each attempt is the same call, with everything that the caller has put on it.".into(),
            false => {
                "Two attempts, and a pause between them: through `self.sleep`, so that a test need not wait."
                    .into()
            }
        },
    );
}

// ---- Require ----

#[test]
fn without_the_token_nothing_runs() {
    for (given, what) in [
        (None, "no token"),
        (Some(("token", "wrong")), "another token"),
        (Some(("token", "s3cre")), "the beginning of the token"),
        (Some(("token", "s3cret!")), "the token and a letter"),
        (Some(("token", "")), "an empty token"),
        (Some(("token", "S3CRET")), "the token in capital letters"),
        (Some(("token", "x3cret")), "a token whose first letter is wrong"),
        (Some(("token", "s3cres")), "a token whose last letter is wrong"),
        // The same two bits differ in both letters: differences that are counted by ^ cancel each other.
        (Some(("token", "p0cret")), "a token with two wrong letters"),
        (Some(("token", " s3cret")), "a blank and the token"),
        (Some(("token", "s3cret ")), "the token and a blank"),
        (Some(("token", "Bearer s3cret")), "the token behind a word"),
        (Some(("name", "s3cret")), "the token, and not under the name `token`"),
        (Some(("authorization", "s3cret")), "the token, under the name `authorization`"),
    ] {
        let invocation = given.map_or_else(|| call("get_order"), |(name, value)| call_with(name, value));
        let trace = Trace::default();
        let require: Arc<dyn Filter> = Arc::new(Require::new("s3cret"));
        let filters = [noting("outer", &trace), require, noting("inner", &trace)];
        let got = invoked(&trace, &filters, end(&trace, &[OK]), &invocation);
        let text =
            got.as_ref().map(|reply| String::from_utf8_lossy(&reply.body).into_owned()).unwrap_or_default();
        let right =
            matches!(&got, Ok(Reply { status: Status::UNAUTHENTICATED, codec: 0, compressor: 0, .. }));
        let told_all = text.contains("s3cret")
            || given.is_some_and(|(_, value)| value.len() > 2 && text.contains(value));
        let ran = trace.lines().contains("inner:");
        if !right || told_all || text.is_empty() || ran {
            let because = if ran {
                "The call ran, and its caller has not said who he is. Look at the token before anything runs: what \
                 has run cannot be taken back by a status."
            } else if got.is_err() {
                "The server has decided, and says so: a refusal is a reply. An error says that none came."
            } else if !right {
                "114 says that it never ran, and why: whoever gets it asks for a token, and not for another server."
            } else if text.is_empty() {
                "A text says to people what is missing."
            } else {
                "The text has a token in it. It goes to a stranger, and to a log, and stays there for years."
            };
            Failure::new(format_args!("This server asks for the token s3cret. A call came with {what}."))
                .show("what happened", trace.lines())
                .expected("114 unauthenticated, with a text that shows no token, and nothing ran")
                .got(ended(&got))
                .because(because)
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn with_the_token_the_call_passes_as_it_came() {
    for token in ["s3cret", "geheim öäü", "x"] {
        for how in
            [How::Reply(Status::OK, "order 42"), How::Reply(Status::UNAUTHENTICATED, "x"), How::NoReply]
        {
            let question = call_with("token", token).accepting(3);
            let asked = question.clone();
            let trace = Trace::default();
            let inside = trace.clone();
            let end = move |invocation: &Invocation| {
                inside.line(if *invocation == asked { "the end: the call" } else { "the end: another call" });
                how.result()
            };
            let require: Arc<dyn Filter> = Arc::new(Require::new(token));
            let got = invoked(&trace, &[require], Arc::new(end), &question);
            trace.check(
                &format!("This server asks for the token {token}, and a call came with it."),
                &["the end: the call"],
                |got| match got {
                    "" => "Who has the right token may pass: `metadata.get(\"token\")`.".into(),
                    _ => "It passes once, and as it came.".to_owned(),
                },
            );
            check_ending(&trace, &got, &ended(&how.result()));
        }
    }
}

// ---- the whole ----

#[test]
fn both_ends_of_a_connection_have_your_chains() {
    let key = || ServiceKey::parse("Greeter").expect("it is a key");
    let hello = Signature { name: "say_hello", arguments: &[("name", "&str")], returns: "String" };
    let greeter = Skeleton::new(key(), "NoError")
        .method(hello, |(name,): (String,)| Ok::<_, NoError>(format!("Hello {name}")));
    let mut dispatcher = Dispatcher::new(Arc::default());
    dispatcher.add(greeter).expect("one service");

    let trace = Trace::default();
    let (inside, count) = (trace.clone(), AtomicUsize::new(0));
    let busy_once = move |invocation: &Invocation, next: &dyn Invoker| {
        inside.line(&format!("server: {}", invocation.method()));
        match count.fetch_add(1, Ordering::SeqCst) {
            0 => Ok(Reply::new(Status::BUSY, "come back")),
            _ => next.invoke(invocation),
        }
    };
    let filters: Vec<Arc<dyn Filter>> = vec![Arc::new(Require::new("s3cret")), Arc::new(busy_once)];
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback is there");
    let invoker = Arc::new(Chain::new(filters, Arc::new(dispatcher)));
    let server = Server::start(listener, invoker, ServerOptions::default()).expect("it starts");

    let client: Arc<dyn Invoker> = Arc::new(Client::new(server.address(), ClientOptions::default()));
    let pauses = trace.clone();
    let retry = Retry::new(3, std::time::Duration::from_millis(10), move |_| pauses.line("client: waits"));
    let token: Arc<dyn Filter> = Arc::new(Token::new("s3cret").expect("it fits"));
    let with: Vec<Arc<dyn Filter>> = vec![Arc::new(retry), token];
    let greet = |invoker: Arc<dyn Invoker>| -> String {
        let result = Proxy::new(key(), invoker).call::<_, String, NoError>("say_hello", &("world",));
        result.unwrap_or_else(|error| error.to_string())
    };
    let stranger = greet(Arc::clone(&client));
    let friend = told("Chain::invoke", &trace, || greet(Arc::new(Chain::new(with, client))));
    let refused = stranger.starts_with("the server answered 114 unauthenticated: ");
    if !refused
        || friend != "Hello world"
        || trace.lines() != "server: say_hello\nclient: waits\nserver: say_hello"
    {
        Failure::new(
            "A stranger and a friend called a server with your chain, the friend through a chain of his own.",
        )
        .show("what happened", trace.lines())
        .expected("the stranger: 114; the friend, after one attempt that met a busy server: Hello world")
        .got(format_args!("the stranger: {stranger}; the friend: {friend}"))
        .because("If other tests are red too, begin with them: they look at one thing at a time.")
        .page(PAGE)
        .raise();
    }
    server.stop().expect("it stops");
}

const BROKEN: &str =
    "Each filter is called with what stands behind it, all of it, and the last one with the end.";
const REMEMBERS: &str = "Somebody remembers how far the call has come, and is asked again: by a second attempt, by the \
                         next call, or by one at the same time. Keep no place. What a filter gets as `next` knows \
                         what is left, because it *is* what is left: a shorter list, and the end.";

const PAUSES: &str = "Who called whom is right. The pauses are not: one before each further attempt, through \
                      `self.sleep`, the first as long as `self.pause`, each further one twice as long.";

fn but_pauses(trace: &str) -> Vec<&str> {
    trace.lines().filter(|line| !line.contains("waits")).collect()
}

/// The order in which filters see the call and its end.
#[track_caller]
fn check_order(trace: &Trace, expected: &[&str]) {
    trace.check("A call went through a chain.", expected, |got| {
        let mut turned: Vec<&str> = got.lines().filter(|line| line.contains("goes in")).map(str::trim).collect();
        turned.reverse();
        let wanted: Vec<&str> =
            expected.iter().filter(|line| line.contains("goes in")).map(|line| line.trim()).collect();
        if turned == wanted && turned.len() > 1 {
            "The other way round: the first filter of the list is the outermost. It sees the call first and the \
             reply last."
                .into()
        } else if got.matches("the end:").count() > 1 {
            "The end was called more than once. Each call may place an order.".into()
        } else {
            BROKEN.into()
        }
    });
}

/// The same, where something is called more than once.
#[track_caller]
fn check_again(symptom: &str, trace: &Trace, expected: &[&str]) {
    trace.check(symptom, expected, |got| {
        let expected = expected.join("\n");
        let count = |text: &str, what: &str| text.matches(what).count();
        let names = || expected.lines().map(|line| line.trim().split(':').next());
        let first_time = names().enumerate().take_while(|(at, name)| !names().take(*at).any(|one| one == *name)).count();
        let way_in = |text: &str| -> Vec<String> { text.lines().take(first_time).map(str::to_owned).collect() };
        if but_pauses(got) == but_pauses(&expected) {
            PAUSES.into()
        } else if way_in(got) != way_in(&expected) {
            "Already on the way to the end, a filter is missing, or one too many. The test of the order tells more; \
             begin with it."
                .into()
        } else if count(got, "outer:") > count(&expected, "outer:") {
            "The call came by the outermost filter again, although somebody further in went on. `next` is what stands \
             *behind* a filter. A chain that starts anew asks for the token twice, counts one call as two, and may \
             never end."
                .into()
        } else if count(got, "the end:") > count(&expected, "the end:") {
            "The call goes on by itself. Only a filter decides whether it goes on, by calling `next`, and how often."
                .into()
        } else {
            REMEMBERS.into()
        }
    });
}

#[track_caller]
fn check_pauses(symptom: &str, trace: &Trace, expected: &[String]) {
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    trace.check(symptom, &expected, |got| {
        let count = |text: &str, what: &str| text.matches(what).count();
        let wanted = expected.join("\n");
        let (calls, waits) = (count(got, "the end:"), count(got, "waits"));
        let (all, between) = (count(&wanted, "the end:"), count(&wanted, "waits"));
        if calls != all {
            format!("The first attempt counts: calls expected: {all}; calls made: {calls}.")
        } else if waits > between {
            "After the last attempt there is nothing to wait for: the caller waits for the result.".into()
        } else if waits < between {
            "Between two attempts there is a pause. Who calls again at once makes a busy server busier."
                .into()
        } else {
            "Each pause is twice as long as the one before, and none is longer than `MAX_PAUSE`.".into()
        }
    });
}

/// How the call ended for whoever made it.
#[track_caller]
fn check_ending(trace: &Trace, got: &Ending, expected: &str) {
    if ended(got) != expected {
        Failure::new("What came out of the inside is not what the caller got.")
            .show("what happened", trace.lines())
            .expected(expected)
            .got(ended(got))
            .because("What the outermost filter says is the result, as it is: a reply, or an error.")
            .page(PAGE)
            .raise();
    }
}
