//! # Spec of 01-03: thread per connection
//!
//! A blocking server stands still inside `read` until its caller says something. If the thread that stands
//! there is the one that accepts, one silent caller stops the whole server. So every connection gets a
//! thread that may wait for it alone. Two things are easy to forget. Threads are not free, so there must be
//! a limit, and whoever comes above it must hear so at once. And a place that was taken must come back,
//! however the connection ends.
//!
//! The callers below are real sockets on this machine. Where a test needs two calls at the same moment, the
//! service holds them at a gate; no test depends on who is faster. A caller waits 5 s before it calls the
//! server silent.

mod harness;

use std::io::{self, ErrorKind};
use std::net::TcpListener;
use std::sync::{Arc, OnceLock, RwLock, mpsc};
use std::thread;
use std::time::Instant;

use ch01_raw_tcp::{Limits, OrderBook, OrderDispatcher, Service};
use harness::{Answer, Caller, PAGE, PATIENCE, Server, echo, expect_a_refusal, local, write_obituary};
use spec_kit::{Failure, within};
use thread_per_connection::{REST, serve_incoming};

#[test]
fn a_caller_is_answered() {
    let server = Server::start(OrderDispatcher::<OrderBook>::default(), 8);
    let mut caller = server.connect();
    for (request, reply) in [("say_hello world", "ok Hello world"), ("place_order 1 keyboard", "ok 1")] {
        let answer = caller.ask(request);
        if answer != Answer::line(reply) {
            server
                .failure("One caller, alone, and no right answer.")
                .expected(Answer::line(reply))
                .got(answer)
                .because("Every connection that `incoming` brings must get to `serve_connection`.")
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn the_longest_line_is_answered() {
    let server = Server::start(echo, 8);
    let longest = "x".repeat(Limits::default().max_line);
    let answer = server.connect().ask(&longest);
    if answer != Answer::line(&format!("you said {longest}")) {
        server
            .failure("A line as long as it may be got no answer.")
            .expected(format_args!("an answer to a line of {} bytes", longest.len()))
            .got(answer)
            .because(
                "`serve_connection` came ready-made; did you change it? The limit does not count the `\\n`.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_slow_caller_delays_nobody() {
    let server = Server::start(echo, 8);
    let mut slow = server.connect();
    slow.send("half a li"); // and then: nothing
    let mut quick = server.connect();
    let answer = quick.ask("whole line");
    if answer != Answer::line("you said whole line") {
        server
            .failure("One caller who sent half a line stops the whole server.")
            .show("what happened", "caller A connects, sends \"half a li\", pauses\ncaller B connects, sends \"whole line\\n\"")
            .expected("B is answered while A pauses")
            .got(answer)
            .because(
                "The thread that accepts stands inside `read` and waits for A. Give A's connection to a thread \
                 of its own, and accept again at once.",
            )
            .page(PAGE)
            .raise();
    }
    let answer = slow.ask("ne");
    if answer != Answer::line("you said half a line") {
        server
            .failure("The slow caller was forgotten.")
            .expected(Answer::line("you said half a line"))
            .got(answer)
            .because("Being slow is allowed: the thread of this connection waits for it.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn two_calls_run_at_once() {
    let (enter, entered) = mpsc::channel();
    let gate = Arc::new(RwLock::new(()));
    let closed = gate.write().expect("nobody else holds the gate yet");
    let their_gate = Arc::clone(&gate);
    let server = Server::start(
        move |request: &[u8]| {
            // The test has ended if nobody counts any more, or if the gate is poisoned: go on.
            let _ = enter.send(());
            drop(their_gate.read());
            request.to_vec()
        },
        8,
    );
    let mut callers = [server.connect(), server.connect()];
    for caller in &mut callers {
        caller.send("work\n");
    }
    let inside = (0..2).take_while(|_| entered.recv_timeout(PATIENCE).is_ok()).count();
    drop(closed);
    if inside != 2 {
        server
            .failure("Two callers, two threads, and their calls still run one after the other.")
            .show("what happened", "both callers sent a request; the service holds each call at a gate")
            .expected("2 calls inside the service at the same time")
            .got(format_args!("{inside}"))
            .because("A `Service` may be called from many threads at once: share it by `Arc`, without a lock around it.")
            .page(PAGE)
            .raise();
    }
    for caller in &mut callers {
        let answer = caller.answer();
        if answer != Answer::line("work") {
            server.failure("A call was lost.").expected(Answer::line("work")).got(answer).page(PAGE).raise();
        }
    }
}

#[test]
fn the_one_above_the_limit_is_refused_at_once() {
    let server = Server::start(echo, 2);
    let mut inside = [server.connect(), server.connect()];
    for caller in &mut inside {
        let answer = caller.ask("hi");
        if answer != Answer::line("you said hi") {
            server
                .failure("There were two places, and one of the first two callers got none.")
                .expected(Answer::line("you said hi"))
                .got(answer)
                .because("`max_connections` may be served at once; only the next one is too many.")
                .page(PAGE)
                .raise();
        }
    }
    expect_a_refusal(&server, "two callers are being served, the limit is 2", 0);
}

#[test]
fn a_refusal_frees_no_place() {
    let server = Server::start(echo, 1);
    let mut inside = server.connect();
    let answer = inside.ask("hi");
    if answer != Answer::line("you said hi") {
        server
            .failure("The only place was not given out.")
            .expected(Answer::line("you said hi"))
            .got(answer)
            .raise();
    }
    for refused in 0..3 {
        let situation = format!("one caller is being served, the limit is 1, {refused} were refused before");
        expect_a_refusal(&server, &situation, refused);
    }
    let answer = inside.ask("still here?");
    if answer != Answer::line("you said still here?") {
        server
            .failure("The caller inside paid for those who were refused.")
            .expected(Answer::line("you said still here?"))
            .got(answer)
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_refusal_takes_no_place() {
    let server = Server::start(echo, 1);
    let (inside, answer) = server.come_until_there_is_room();
    if answer != Answer::line("you said hi") {
        server
            .failure("The only place was not given out.")
            .expected(Answer::line("you said hi"))
            .got(answer)
            .page(PAGE)
            .raise();
    }
    for refused in 0..3 {
        expect_a_refusal(&server, "one caller is being served, the limit is 1", refused);
    }
    drop(inside);
    let (_, answer) = server.come_until_there_is_room();
    if answer != Answer::line("you said hi") {
        server
            .failure("A refusal has taken a place, and nobody gives it back.")
            .show("what happened", "the limit is 1; A is served, three others are refused, A leaves; B comes")
            .expected(format_args!("{} for B", Answer::line("you said hi")))
            .got(format_args!("{answer}, for {} s", PATIENCE.as_secs()))
            .because(
                "Did you count up before you knew whether there is a place? Look first, count only if it is given \
                 out. (If `a_place_comes_back` fails too, mend that first.)",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_refusal_costs_no_thread_and_no_rest() {
    /// With a `REST` after each refusal so many would take twice our patience; without, some milliseconds.
    const REFUSED: usize = 200;
    let listener = TcpListener::bind("127.0.0.1:0").expect("this machine has a free port");
    let mut inside = Caller::connect(local(&listener)).expect("the listener is there");
    let service: Arc<dyn Service> = Arc::new(echo);
    let shared = Arc::clone(&service);
    let (tell, told) = mpsc::channel();
    let mut asked = 0;
    let incoming = std::iter::from_fn(move || {
        asked += 1;
        if asked > 1 {
            if asked == 2 {
                let _ = inside.ask("hi"); // from here on it is being served, and holds the only place
            }
            // A thread that serves holds the service. How many do, each time that you ask for the next caller?
            let _ = tell.send(Arc::strong_count(&shared));
            if asked > REFUSED + 1 {
                return None;
            }
            // Comes and goes again; what it would hear is the business of other tests.
            drop(Caller::connect(local(&listener)).expect("the listener is there"));
        }
        Some(listener.accept().map(|(stream, _)| stream))
    });
    let obituary = Arc::new(OnceLock::new());
    let written_here = Arc::clone(&obituary);
    thread::spawn(move || write_obituary(&written_here, || serve_incoming(incoming, service, 1)));
    let deadline = Instant::now() + PATIENCE;
    let mut holders = Vec::new();
    while let Ok(count) = told.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        holders.push(count);
    }
    let failure = |symptom| {
        Failure::new(symptom)
            .show("what happened", format_args!("the limit is 1; A is being served; {REFUSED} others come"))
            .show("your `serve_incoming`", obituary.get().map_or("still running", String::as_str))
    };
    let Some(&served) = holders.first() else {
        failure("One caller is being served, and nobody asks for the next one.")
            .expected("the accepting thread is free again at once")
            .got("it is not")
            .because("Mend what `a_caller_is_answered` and `a_slow_caller_delays_nobody` say first.")
            .page(PAGE)
            .raise()
    };
    let most = holders.iter().copied().max().unwrap_or(served);
    if most > served {
        failure("A thread was started for a caller whom you refuse.")
            .expected("the service is shared with one thread, A's")
            .got(format_args!("up to {} threads", 1 + most - served))
            .because(
                "If the new thread is the one that looks for a place, a stranger decides how many threads you start. \
                 Take the place before you start the thread.",
            )
            .page(PAGE)
            .raise();
    }
    if holders.len() <= REFUSED {
        failure("A refusal keeps the next caller waiting.")
            .expected(format_args!("{REFUSED} refusals, one straight after the other"))
            .got(format_args!("{} in {} s", holders.len() - 1, PATIENCE.as_secs()))
            .because("A refusal is no failure of `accept`: do not rest after it, and wait for nobody.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_place_comes_back() {
    let server = Server::start(echo, 1);
    for round in 1..=3 {
        let (_, answer) = server.come_until_there_is_room();
        if answer != Answer::line("you said hi") {
            server
                .failure("Callers come and go, and the server fills up.")
                .show(
                    "what happened",
                    format_args!("the limit is 1; {} caller(s) came, were answered, and left", round - 1),
                )
                .expected(Answer::line("you said hi"))
                .got(format_args!("{answer}, for {} s", PATIENCE.as_secs()))
                .because("When a connection ends, its place must come back: count one less.")
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_panic_gives_its_place_back() {
    let panics_on_request = |request: &[u8]| match request {
        b"panic" => std::panic::resume_unwind(Box::new("quietly")),
        _ => echo(request),
    };
    let server = Server::start(panics_on_request, 1);
    drop(server.come_until_there_is_room());
    let (mut caller, answer) = server.come_until_there_is_room();
    if answer != Answer::line("you said hi") {
        server
            .failure("A place does not come back, even without a panic.")
            .expected(Answer::line("you said hi"))
            .got(answer)
            .because("Mend what `a_place_comes_back` says first.")
            .page(PAGE)
            .raise();
    }
    let answer = caller.ask("panic");
    if answer != Answer::Closed {
        server
            .failure("A call panicked, and its caller was left waiting.")
            .expected(Answer::Closed)
            .got(answer)
            .because("The panic ends the connection's thread; the stream must end with it.")
            .page(PAGE)
            .raise();
    }
    let (_, answer) = server.come_until_there_is_room();
    if answer != Answer::line("you said hi") {
        server
            .failure("One panic of the service costs a place, for ever.")
            .show("what happened", "the limit is 1; caller A's call panicked, A is gone\ncaller B asks again and again")
            .expected(Answer::line("you said hi"))
            .got(format_args!("{answer}, for {} s", PATIENCE.as_secs()))
            .because(
                "A panic skips every line that comes after it, but it drops what the thread owns. Let the thread \
                 own its `Place`.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn it_rests_when_accept_fails() {
    const FAILURES: u32 = 3;
    let incoming = (0..FAILURES).map(|_| Err(io::Error::other("too many open files")));
    let began = Instant::now();
    within("`accept` fails three times", move || serve_incoming(incoming, Arc::new(echo), 1));
    let took = began.elapsed();
    // A sleep never ends early, so this bound holds on every machine.
    if took < FAILURES * REST {
        Failure::new("`accept` failed, and you asked again at once.")
            .show("what `incoming` brought", format_args!("{FAILURES} times Err(too many open files)"))
            .expected(format_args!("at least {FAILURES} × {REST:?} before it was over"))
            .got(format_args!("{took:?}"))
            .because(
                "With no file handle left the next `accept` fails in the same way, at once: a loop without a `REST` \
                 burns a core. Rest after every `Err`.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_failing_accept_does_not_end_the_server() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("this machine has a free port");
    let mut caller = Caller::connect(local(&listener)).expect("the listener is there");
    let (accepted, _) = listener.accept().expect("the caller is there");
    let incoming = [
        Err(ErrorKind::ConnectionAborted.into()), // this caller gave up while it was in the queue
        Err(io::Error::other("too many open files")),
        Ok(accepted),
    ];
    let obituary = Arc::new(OnceLock::new());
    let written_here = Arc::clone(&obituary);
    thread::spawn(move || write_obituary(&written_here, || serve_incoming(incoming, Arc::new(echo), 1)));
    let answer = caller.ask("hi");
    if answer != Answer::line("you said hi") {
        Failure::new("`accept` failed, and the server was never the same again.")
            .show("what `incoming` brought", "Err(connection aborted)\nErr(too many open files)\nOk(a caller)")
            .show("your `serve_incoming`", obituary.get().map_or("still running", String::as_str))
            .expected(Answer::line("you said hi"))
            .got(answer)
            .because("An error is one connection that did not come. It takes no place and ends nothing: rest, go on.")
            .page(PAGE)
            .raise();
    }
}
