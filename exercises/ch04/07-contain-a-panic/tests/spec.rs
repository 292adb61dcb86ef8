//! # Spec of 04-07: contain a panicking handler
//!
//! A panic is a bug that was noticed. In a program for one user it may end the program. In a server it is one call of
//! thousands, and the others are not to blame.
//!
//! So it is caught where the handler is called. But a panic leaves more behind than a missing answer: a place that
//! was taken, a lock that is poisoned, a state that is half changed, a payload whose `drop` is more of the same. And
//! it has a message, which is for whoever mends the bug, and not for whoever called.
//!
//! The panics that are expected here leave no words behind: your failures would be lost between them.

mod harness;

use std::any::Any;
use std::cell::Cell;
use std::net::TcpListener;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ch02_protocol::{ClientOptions, Reply, Status};
use ch03_codec::shop::{Item, Order};
use ch04_proxy::handler::typed;
use ch04_proxy::orders::{OrderError, OrderService, OrderServiceStub};
use ch04_proxy::{CallError, Client, RpcError, Server, Signature, Skeleton};
use contain_a_panic::{Gate, Guarded, Ledger, discard, message};
use harness::{
    Bomb, Contained, Counted, PAGE, WHAT, caught, contain, contain_with, panics, raise, shown, told, visited,
};
use serde::Deserialize;
use spec_kit::{Failure, within};

/// Four ways to panic with a text, all of them with a secret in it.
fn panicking() -> [fn() -> Reply; 4] {
    [
        || panic!("card 4929 was refused"),
        || {
            let customer = std::hint::black_box("Ann");
            panic!("no address for {customer}, password s3cret")
        },
        || raise("s3cret in a literal"),
        || raise(format!("card {}", 4929)),
    ]
}

/// What they say.
const WHY: [&str; 4] =
    ["card 4929 was refused", "no address for Ann, password s3cret", "s3cret in a literal", "card 4929"];

// ---- contain ----

#[test]
fn a_reply_passes_as_it_is() {
    for reply in [
        Reply { codec: 5, compressor: 1, ..Reply::ok("order 42") },
        Reply { codec: 1, ..Reply::new(Status::SERVICE_ERROR, "{}") },
        Reply::new(Status::BAD_ARGUMENTS, "get_order(id: u64) -> Order: no"),
        Reply::new(Status::INTERNAL, "the result cannot be written"),
        Reply::ok(""),
    ] {
        let given = reply.clone();
        let Contained { reply: got, log } = contain("answers", move || given);
        if got != reply || !log.is_empty() {
            Failure::new("The handler did not panic; it answered.")
                .expected(format_args!("{}; nothing in the log", shown(&reply)))
                .got(format_args!("{}; in the log: {log:?}", shown(&got)))
                .because("An answer is an answer, also when it is a no. It is handed on as it is.")
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_panic_is_answered_with_201() {
    for raise_it in panicking() {
        let Contained { reply, .. } = contain("panics", raise_it);
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        if reply.status != Status::INTERNAL
            || (reply.codec, reply.compressor) != (0, 0)
            || !text.contains(WHAT)
        {
            Failure::new(format_args!("{WHAT} panicked."))
                .expected(format_args!("status 201 internal, codec 0, a text that names {WHAT}"))
                .got(shown(&reply))
                .because(match reply.status.0 {
                    100..=199 => {
                        "It ran, and nobody knows how far. A status below 200 says that it never ran; so the \
                         caller tries again, and the order is placed twice."
                    }
                    300..=399 => {
                        "A status from 300 on says that it ran to its end and said no. A handler that panicked \
                         may have done its work, half of it, or nothing."
                    }
                    0 => "Nothing went well here, and this body is not a result.",
                    _ => "The text says what panicked, in codec 0: `Reply::new` does that.",
                })
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn the_caller_does_not_learn_why() {
    for raise_it in panicking() {
        let Contained { reply, .. } = contain("panics, and its message has a secret in it", raise_it);
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        if ["4929", "s3cret", "Ann"].iter().any(|secret| text.contains(secret)) {
            Failure::new("The handler panicked, and its message quotes what it was working on.")
                .expected("an answer that says what panicked, and not why")
                .got(shown(&reply))
                .because(
                    "A panic's message was written for whoever mends the bug: it may quote another caller's card, \
                     a password, a path. It goes to the log. The caller cannot mend anything.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn the_log_learns_why() {
    for (raise_it, why) in panicking().into_iter().zip(WHY) {
        let Contained { log, .. } = contain("panics", raise_it);
        let right = matches!(&log[..], [line] if line.contains(WHAT) && line.contains(why));
        if !right {
            Failure::new("The handler panicked. Somebody has to mend it, and looks into the log.")
                .expected(format_args!("one line with {WHAT} and {why:?}"))
                .got(format_args!("{log:?}"))
                .because(
                    "`panic!(\"text\")` carries a `&'static str`, `panic!(\"{x}\")` a `String`. Ask `message` \
                     for what is in the box, `&*payload`, and tell the log once: what panicked, and what it said.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_payload_without_a_text_is_told_too() {
    let payloads: [fn() -> Reply; 3] =
        [|| raise(42_u8), || raise(vec!["a", "list"]), || raise(Box::new("a text in a box of its own"))];
    for raise_it in payloads {
        let Contained { reply, log } = contain("panics with a value that is no text", raise_it);
        let right = matches!(&log[..], [line] if line.contains(WHAT));
        if reply.status != Status::INTERNAL || !right {
            Failure::new("The handler panicked with a value that is no text: `panic_any(42)`.")
                .expected(format_args!("status 201 internal; one line in the log, with {WHAT}"))
                .got(format_args!("{}; in the log: {log:?}", shown(&reply)))
                .because(
                    "That it panicked is known, even when nobody can say why. One line, for every panic.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_panic_in_a_panic_is_contained_where_it_is() {
    let Contained { reply, log } = contain("answers, after a call inside of it has panicked", || {
        let inner = contain_a_panic::contain("Inner.call", &|_| (), || raise("inside"));
        if inner.status == Status::INTERNAL { Reply::ok("and went on") } else { inner }
    });
    if reply != Reply::ok("and went on") || !log.is_empty() {
        Failure::new("A handler called another one, which panicked, and went on without it.")
            .expected(format_args!("{}; nothing in the outer log", shown(&Reply::ok("and went on"))))
            .got(format_args!("{}; in the log: {log:?}", shown(&reply)))
            .because("Each `contain` is responsible for its own `f`, and keeps nothing for the next call.")
            .page(PAGE)
            .raise();
    }
    let Contained { reply, log } = contain("panics, after a call inside of it has panicked", || {
        let _ = contain_a_panic::contain("Inner.call", &|_| (), || raise("inside"));
        raise("outside")
    });
    if reply.status != Status::INTERNAL || log.len() != 1 || !log[0].contains("outside") {
        Failure::new("A handler called another one, which panicked, and then panicked itself.")
            .expected("status 201 internal; one line in the outer log, about \"outside\"")
            .got(format_args!("{}; in the log: {log:?}", shown(&reply)))
            .because("Each `contain` is responsible for its own `f`, and keeps nothing for the next call.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_log_may_panic_too() {
    for again in [0, 1, 50] {
        let [handlers, logs] = [(); 2].map(|()| Arc::new(AtomicUsize::new(0)));
        let counted = Counted(Arc::clone(&handlers));
        let afterwards = || raise(Bomb { dropped: Arc::clone(&logs), again });
        let given = "panics; the log, which is told so, panics as well: nobody reads what it writes";
        let Contained { reply, log } = contain_with(afterwards, given, move || raise(counted));
        if reply.status != Status::INTERNAL || log.len() != 1 {
            Failure::new("A handler panicked. The log got the line, and panicked itself.")
                .expected(format_args!("status 201 internal, {WHAT} panicked; the log was called once"))
                .got(format_args!("{}; the log was called {} times", shown(&reply), log.len()))
                .because(
                    "A log is code, too: `eprintln!` panics when nobody reads standard error any more. The caller \
                     cannot help it and gets the same answer, and a log that does not work now is not asked again.",
                )
                .page(PAGE)
                .raise();
        }
        for (whose, count, most) in [("the handler's", handlers, 1), ("the log's", logs, 3)] {
            let got = count.load(Ordering::SeqCst);
            if !(1..=most).contains(&got) {
                Failure::new(format_args!(
                    "A handler panicked, and then the log. What became of {whose} payload?"
                ))
                .expected("it is dropped")
                .got(format_args!("{got} of its kind were dropped"))
                .because(
                    "Two panics are two payloads, and `discard` is for each of them. What is forgotten does not come \
                     back; what panics in its `drop` for ever has to be forgotten.",
                )
                .page(PAGE)
                .raise();
            }
        }
    }
}

// ---- message ----

#[test]
fn a_message_is_a_str_or_a_string() {
    let payloads: [(Box<dyn Any + Send>, Option<&str>); 6] = [
        (Box::new("a literal"), Some("a literal")),
        (Box::new(String::from("order 42 is missing")), Some("order 42 is missing")),
        (Box::new(" two lines,\n as they are \n"), Some(" two lines,\n as they are \n")),
        (Box::new(String::new()), Some("")),
        (Box::new(42_u8), None),
        (Box::new(std::fmt::Error), None),
    ];
    for (payload, expected) in payloads {
        let got = told("message", &format!("{expected:?}"), || message(&*payload).to_owned());
        let right = expected.map_or(!got.trim().is_empty(), |expected| got == expected);
        if !right {
            Failure::new("What did the panic say?")
                .expected(expected.map_or("words of your own: there is no text in it".into(), |text| format!("{text:?}")))
                .got(format_args!("{got:?}"))
                .because(
                    "`downcast_ref::<&str>()` and `downcast_ref::<String>()` each give a text for one of the two \
                     ways to panic with one, and None for everything else.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

// ---- discard ----

#[test]
fn a_payload_is_dropped_once() {
    let (alone, contained) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let payload = Box::new(Counted(Arc::clone(&alone)));
    told("discard", "a payload that counts its drops", || discard(payload));
    let counted = Counted(Arc::clone(&contained));
    contain("panics with a payload that counts its drops", move || raise(counted));
    for (name, count) in [("discard", alone), ("contain", contained)] {
        let got = count.load(Ordering::SeqCst);
        if got != 1 {
            Failure::new(format_args!("A payload was given to `{name}`."))
                .expected("it is dropped once")
                .got(format_args!("it was dropped {got} times"))
                .because(
                    "A payload that is forgotten is memory, or a file, or a connection that never comes back: \
                     with every panic a little more. Forget only what cannot be dropped.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_payload_that_panics_again_is_survived() {
    for again in [1, 50] {
        let (alone, contained) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let payload = Box::new(Bomb { dropped: Arc::clone(&alone), again });
        told("discard", "a payload that panics when it is dropped", || discard(payload));
        let bomb = Bomb { dropped: Arc::clone(&contained), again };
        let Contained { reply, log } =
            contain("panics with a payload that panics when it is dropped", move || raise(bomb));
        if reply.status != Status::INTERNAL || log.len() != 1 {
            Failure::new("The payload of a panic panicked when it was dropped.")
                .expected("status 201 internal; one line in the log")
                .got(format_args!("{}; in the log: {log:?}", shown(&reply)))
                .because(
                    "One call, one panic of its handler, one answer and one line, whatever its payload does.",
                )
                .page(PAGE)
                .raise();
        }
        for (name, count) in [("discard", alone), ("contain", contained)] {
            let got = count.load(Ordering::SeqCst);
            if !(1..=3).contains(&got) {
                Failure::new(format_args!(
                    "A payload panicked in `{name}` when it was dropped, with another of its kind."
                ))
                .expected("it is dropped, and what comes out of that is let go")
                .got(format_args!("{got} of them were dropped"))
                .because(
                    "Whoever panics in `drop` twice may do it for ever, and the thread would be lost as \
                         surely as with a panic. `std::mem::forget` ends it: a leak, and a small one.",
                )
                .page(PAGE)
                .raise();
            }
        }
    }
}

// ---- the gate ----

#[test]
fn as_many_as_allowed_are_let_in() {
    for limit in [0, 1, 3] {
        let gate = Gate::new(limit);
        let passes: Vec<_> =
            (0..limit).filter_map(|_| told("enter", "a free place", || gate.enter())).collect();
        check_inside(&gate, limit, "As many came as there are places.", COUNTED);
        for _ in 0..5 {
            let refused = told("enter", "no free place", || gate.enter()).is_none();
            if !refused {
                Failure::new(format_args!("A gate for {limit} let one more in."))
                    .expected("None")
                    .got("Some(Pass { … })")
                    .because("There is room as long as fewer than `limit` are inside.")
                    .page(PAGE)
                    .raise();
            }
        }
        check_inside(&gate, limit, "Five more came and were refused.", COUNTED);
        told("drop", "all passes", || drop(passes));
        check_inside(&gate, 0, "All who were let in have left.", COUNTED);
    }
}

#[test]
fn a_place_is_given_back_once() {
    let gate = Gate::new(2);
    let first = told("enter", "a free place", || gate.enter());
    let second = told("enter", "a free place", || gate.enter());
    told("drop", "a pass", || drop(first));
    check_inside(&gate, 1, "Two were inside, and one has left.", COUNTED);
    let third = told("enter", "a free place", || gate.enter());
    check_inside(&gate, 2, "Two were inside, one has left, another one came.", COUNTED);
    told("drop", "two passes", || drop((second, third)));
    check_inside(&gate, 0, "All have left.", COUNTED);
}

/// Somebody else, who comes before step number `nth` (0 is the first) and does `what`. `came` says so.
fn visitor(nth: usize, came: &Rc<Cell<bool>>, what: impl Fn() + 'static) -> impl FnMut() + 'static {
    let (came, mut step) = (Rc::clone(came), 0);
    move || {
        if step == nth {
            came.set(true);
            what();
        }
        step += 1;
    }
}

/// More steps than these nobody takes to come or to go.
const STEPS: usize = 5;

#[test]
fn two_do_not_get_the_same_place() {
    for nth in 0..STEPS {
        let (gate, came, other) = (Rc::new(Gate::new(1)), Rc::default(), Rc::new(Cell::new(0)));
        let (there, let_in) = (Rc::clone(&gate), Rc::clone(&other));
        let visit = visitor(nth, &came, move || {
            if let Some(pass) = there.enter() {
                let_in.set(1);
                std::mem::forget(pass); // stays inside
            }
        });
        let pass =
            visited("enter", "a free place; somebody else comes at the same time", visit, || gate.enter());
        let (mine, other) = (usize::from(pass.is_some()), other.get());
        let inside = gate.inside();
        if mine + other != 1 || inside != 1 || (nth == 0 && !came.get()) {
            Failure::new(format_args!(
                "A gate for one. While the first comes in, somebody else does: before step {} of the first.",
                nth + 1
            ))
            .expected("one of them gets in; 1 inside")
            .got(format_args!("{} of them got in; {inside} inside", mine + other))
            .because(
                "Between a look and a count, somebody else can look, and both count. `fetch_update` is one step: nobody \
                 gets in between.",
            )
            .page(PAGE)
            .raise();
        }
    }
}

#[test]
fn a_refusal_is_not_counted_for_a_moment() {
    let gate = Rc::new(Gate::new(1));
    let _pass = told("enter", "a free place", || gate.enter());
    let (there, most) = (Rc::clone(&gate), Rc::new(Cell::new(0)));
    let seen = Rc::clone(&most);
    let visit = move || seen.set(seen.get().max(there.inside()));
    let refused = visited("enter", "no free place; somebody looks on", visit, || gate.enter()).is_none();
    let (most, inside) = (most.get(), gate.inside());
    if !refused || (most, inside) != (1, 1) {
        Failure::new("One is inside of a gate for one. Another one comes, and somebody looks on: how many are inside?")
            .expected("1 inside, at every moment")
            .got(format_args!("at most {most} inside at some moment, {inside} afterwards"))
            .because(
                "Who counts first and takes it back afterwards is inside in the meantime, for everybody who looks. A place \
                 that is free then goes to nobody. With `fetch_update` the number changes only for those who get in.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn whoever_leaves_is_taken_off_alone() {
    for nth in 0..STEPS {
        let (gate, came) = (Rc::new(Gate::new(9)), Rc::default());
        let pass = told("enter", "a free place", || gate.enter());
        let there = Rc::clone(&gate);
        let visit = visitor(nth, &came, move || std::mem::forget(there.enter()));
        visited("drop", "a pass; somebody else comes at the same time", visit, || drop(pass));
        let (expected, inside) = (usize::from(came.get()), gate.inside());
        if inside != expected || (nth == 0 && !came.get()) {
            Failure::new(format_args!(
                "One leaves. While he does, somebody else comes in and stays: before step {} of the first.",
                nth + 1
            ))
            .expected(format_args!("{expected} inside"))
            .got(format_args!("{inside} inside"))
            .because(
                "Who looks how many are inside, and then writes one less, writes over whatever happened in between. \
                 `fetch_sub` is one step: nobody gets in between.",
            )
            .page(PAGE)
            .raise();
        }
    }
}

#[test]
fn a_panic_gives_its_place_back() {
    let gate = Gate::new(1);
    let because = "While a panic unwinds the stack, everything on it is dropped, and nothing else is run. So what must \
                   happen in any case is done in a `drop`, and done there in any case: once.";
    for _ in 0..3 {
        let said = panics(|| {
            let _pass = gate.enter().expect("a free place");
            raise("in the middle of the work")
        });
        if said.as_deref() != Some("in the middle of the work") {
            Failure::new("A gate for one; calls come one after the other, and each of them panics.")
                .expected("each finds the place free")
                .got(format_args!("no place for one of them: {}", said.unwrap_or_default()))
                .because(because)
                .page(PAGE)
                .raise();
        }
        check_inside(&gate, 0, "The call has panicked, and its pass is gone.", because);
    }
}

const COUNTED: &str = "Who is let in is counted once, and his pass takes off one when it is dropped. Who is refused has \
                       no pass, so nothing may be counted for him: nobody would take it off again.";

#[track_caller]
fn check_inside(gate: &Gate, expected: usize, symptom: &str, because: &str) {
    let got = gate.inside();
    if got != expected {
        let below = if got > usize::MAX / 2 { ": the count fell below zero" } else { "" };
        Failure::new(symptom)
            .expected(format_args!("{expected} inside"))
            .got(format_args!("{got} inside{below}"))
            .because(because)
            .page(PAGE)
            .raise();
    }
}

// ---- the ledger ----

#[test]
fn a_change_is_kept() {
    within("a state is changed", || {
        let ledger = Ledger::new(vec!["Ann"]);
        let mut calls = 0;
        let got: Result<usize, ()> = told("change", "pushes a name", || {
            ledger.change(|names| {
                calls += 1;
                names.push("Bob");
                Ok(names.len())
            })
        });
        let state = told("read", "", || ledger.read());
        if got != Ok(2) || state != ["Ann", "Bob"] || calls != 1 {
            Failure::new("A name was added to [\"Ann\"], and all went well.")
                .expected("Ok(2); the state is [\"Ann\", \"Bob\"]; f was called 1 time")
                .got(format_args!("{got:?}; the state is {state:?}; f was called {calls} times"))
                .because("`f` gets the state as it is, once. What it made of it is the state from then on.")
                .page(PAGE)
                .raise();
        }
    });
}

#[test]
fn a_no_changes_nothing() {
    within("a change says no", || {
        let ledger = Ledger::new(vec![10, 20]);
        let got: Result<(), _> = told("change", "takes 10 away, then says no", || {
            ledger.change(|balances| {
                balances[0] -= 10;
                Err("account 2 is closed")
            })
        });
        check_whole(&ledger, got == Err("account 2 is closed"), format!("{got:?}"), "said no");
    });
}

#[test]
fn a_panic_changes_nothing() {
    within("a change panics", || {
        let ledger = Ledger::new(vec![10, 20]);
        let said = panics(|| {
            ledger.change(|balances| -> Result<(), ()> {
                balances[0] -= 10;
                raise("account 2 is closed")
            })
        });
        let right = said.as_deref() == Some("account 2 is closed");
        check_whole(&ledger, right, format!("a panic: {said:?}"), "panicked");
    });
}

#[test]
fn a_panic_goes_on_as_it_is() {
    within("a change panics with a value", || {
        let ledger = Ledger::new(vec![10, 20]);
        let payload = caught(|| ledger.change(|_| -> Result<(), ()> { raise(42_u8) }));
        let got = payload.as_deref().map(|payload| payload.downcast_ref::<u8>());
        if got != Some(Some(&42)) {
            Failure::new("`f` panicked with a value that is no text: `panic_any(42_u8)`.")
                .expected("the same panic, with the same value in it")
                .got(match (got, payload.as_deref().map(message)) {
                    (None, _) => "no panic".to_owned(),
                    (Some(Some(other)), _) => format!("a panic with the number {other}"),
                    (Some(None), text) => format!("another panic: {:?}", text.unwrap_or_default()),
                })
                .because(
                    "The panic is `f`'s, and goes up as it is: whoever catches it may know what to do with the value. \
                     Nothing in `change` has to catch it; a copy that was not put in is dropped on the way.",
                )
                .page(PAGE)
                .raise();
        }
    });
}

#[track_caller]
fn check_whole(ledger: &Ledger<Vec<i32>>, right: bool, got: String, ended: &str) {
    let state = told("read", &format!("after a change that {ended}"), || ledger.read());
    if !right || state != [10, 20] {
        Failure::new(format_args!("10 were to move from one account to the other. In the middle of it, `f` {ended}."))
            .expected("it is told so, and the accounts are as before: [10, 20]")
            .got(format_args!("{got}; the accounts are {state:?}"))
            .because(if right {
                "10 have vanished, and every call from now on works with that. A poisoned lock warns of exactly \
                 this; whoever takes what is in it must know that it is whole. Let `f` change a copy, and put it \
                 in the place of the state when `f` has gone through."
            } else {
                "What `f` says is for whoever called `change`, a panic too: `contain` waits for it further up."
            })
            .page(PAGE)
            .raise();
    }
}

#[test]
fn the_calls_after_a_panic_go_on() {
    within("a call follows one that panicked", || {
        let ledger = Ledger::new(1);
        for round in 0..3 {
            let _ = panics(|| ledger.change(|_| -> Result<(), ()> { raise("in the middle") }));
            let said: Result<(), ()> = told("change", "the call after one that panicked", || {
                ledger.change(|state| {
                    *state += 1;
                    Ok(())
                })
            });
            let state = told("read", "after a call that panicked", || ledger.read());
            if said != Ok(()) || state != round + 2 {
                Failure::new("A call panicked. Another one came and added one.")
                .expected(format_args!("Ok(()), and the state is {}", round + 2))
                .got(format_args!("{said:?}, and the state is {state}"))
                .because(
                    "A panic is over when it is over. The state is whole, so the next call works with it.",
                )
                .page(PAGE)
                .raise();
            }
        }
    });
}

#[test]
fn changes_wait_for_each_other() {
    within("threads change a state", || {
        const THREADS: usize = 4;
        const TIMES: usize = 500;
        let ledger = Arc::new(Ledger::new(0));
        let workers: Vec<_> = (0..THREADS)
            .map(|_| {
                let ledger = Arc::clone(&ledger);
                std::thread::spawn(move || {
                    for _ in 0..TIMES {
                        let _: Result<(), ()> = ledger.change(|state| {
                            let before = *state;
                            std::thread::yield_now(); // an invitation to the others
                            *state = before + 1;
                            Ok(())
                        });
                    }
                })
            })
            .collect();
        for worker in workers {
            told("change", "adds one, on several threads", || {
                worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            });
        }
        let state = told("read", "", || ledger.read());
        if state != THREADS * TIMES {
            Failure::new(format_args!("{THREADS} threads added one, {TIMES} times each."))
            .expected(THREADS * TIMES)
            .got(state)
            .because(
                "Some changes are lost. Two calls copied the same state, and the later one wrote over what the \
                 earlier had done. From the copy to the swap, one lock is held.",
            )
            .page(PAGE)
            .raise();
        }
    });
}

// ---- a real server ----

/// What a stub sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Placed {
    customer: String,
    items: Vec<Item>,
    note: Option<String>,
}

/// A shop that puts an order down in two steps, with a bug between them.
struct Counter {
    ledger: Ledger<Vec<Order>>,
}

impl Counter {
    fn place(&self, Placed { customer, items, note }: Placed) -> Result<u64, OrderError> {
        self.ledger.change(|orders| {
            let id = orders.len() as u64 + 1;
            orders.push(Order { id, customer: customer.clone(), items, note });
            if customer == "Eve" {
                raise(format!("no address for {customer}, card 4929"));
            }
            Ok(id)
        })
    }
}

#[test]
fn a_server_lives_on() {
    within("a server is called five times", five_calls);
}

fn five_calls() {
    const SIGNATURE: Signature = Signature { name: "place_order", arguments: &[], returns: "u64" };
    let counter = Arc::new(Counter { ledger: Ledger::new(Vec::new()) });
    let gate = Arc::new(Gate::new(1));
    let log = Arc::new(Mutex::new(Vec::new()));
    let (shop, lines) = (Arc::clone(&counter), Arc::clone(&log));
    let handler = Guarded {
        what: WHAT.to_owned(),
        gate: Arc::clone(&gate),
        log: Box::new(move |line| lines.lock().unwrap_or_else(PoisonError::into_inner).push(line.to_owned())),
        handler: typed(SIGNATURE, move |order: Placed| shop.place(order)),
    };
    let skeleton = Skeleton::new(OrderServiceStub::key(), "OrderError").handler(SIGNATURE, Box::new(handler));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port of this machine");
    let server = Server::builder().service(skeleton).start(listener).expect("a server");
    let orders = OrderServiceStub::new(Arc::new(Client::new(server.address(), ClientOptions::default())));

    let said: Vec<String> = ["Ann", "Eve", "Bob", "Eve", "Cy"]
        .into_iter()
        .map(|customer| match orders.place_order(customer, &[], None) {
            Ok(id) => format!("{customer}: order {id}"),
            Err(RpcError::Call(CallError::Remote { status, text })) => {
                format!("{customer}: {status}, {text}")
            }
            Err(error) => format!("{customer}: {error:?}"),
        })
        .collect();
    let expected =
        ["Ann: order 1", "Eve: 201 internal, …", "Bob: order 2", "Eve: 201 internal, …", "Cy: order 3"];
    let as_expected =
        said.iter().zip(expected).all(|(said, expected)| said.starts_with(expected.trim_end_matches('…')));
    // An open hole panics in the server, whose own net catches it. Call the parts once more, here.
    if !as_expected {
        told("enter", "", || drop(gate.enter()));
        told("read", "", || drop(counter.ledger.read()));
        contain("panics", || raise("to see whether a hole is open"));
    }
    let (inside, log) = (gate.inside(), log.lock().unwrap_or_else(PoisonError::into_inner).clone());
    if !as_expected || inside != 0 || log.len() != 2 {
        Failure::new("Five calls of a server with room for one at a time. The second and the fourth panic.")
            .show("expected", expected.join("\n"))
            .show("yours", said.join("\n"))
            .expected("nobody inside, two lines in the log")
            .got(format_args!("{inside} inside, {} lines in the log", log.len()))
            .because(match inside {
                0 => "The other tests say what is wrong.",
                _ => "The place of a call that panicked was never given back, and nobody else gets in.",
            })
            .page(PAGE)
            .raise();
    }
    server.stop().expect("it stops");
}
