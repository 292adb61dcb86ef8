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

use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock, RwLock, mpsc};
use std::thread;
use std::time::Duration;

use ch01_raw_tcp::{OrderBook, OrderDispatcher, Service};
use spec_kit::Failure;
use thread_per_connection::{serve, serve_incoming};

const PAGE: &str = "chapter 1, \"One at a time, a thread each, a pool\"";

/// How long a caller waits for an answer, and a test for an event, before it calls that silence.
const PATIENCE: Duration = Duration::from_secs(5);

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
    expect_a_refusal(&server, "two callers are being served, the limit is 2");
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
    for _ in 0..3 {
        expect_a_refusal(
            &server,
            "one caller is being served, the limit is 1, others may have been refused before",
        );
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

// ---- the server under test, and its callers ----

/// Your server, on a thread that outlives the test.
struct Server {
    address: SocketAddr,
    /// Why it is no longer running. Set before its port closes, so whoever meets a closed port can look here.
    obituary: Arc<OnceLock<String>>,
}

impl Server {
    fn start(service: impl Service + 'static, max_connections: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("this machine has a free port");
        let address = local(&listener);
        let keeps_the_port_open = listener.try_clone().expect("one more file handle is to be had");
        let obituary = Arc::new(OnceLock::new());
        let written_here = Arc::clone(&obituary);
        thread::spawn(move || {
            write_obituary(&written_here, || serve(listener, Arc::new(service), max_connections));
            drop(keeps_the_port_open);
        });
        Self { address, obituary }
    }

    fn connect(&self) -> Caller {
        match Caller::connect(self.address) {
            Ok(caller) => caller,
            Err(error) => self
                .failure("Nobody listens any more.")
                .expected("a connection")
                .got(error)
                .because("A server serves for ever; nothing that a caller or the service does may end it.")
                .page(PAGE)
                .raise(),
        }
    }

    /// Comes anew and says "hi" until that is not refused, for [`PATIENCE`] at most. A place comes back a
    /// moment after its connection has ended, and no caller can see when.
    fn come_until_there_is_room(&self) -> (Caller, Answer) {
        /// Between two tries, so that a server that never gives a place back does not use up the ports.
        const PAUSE: Duration = Duration::from_millis(10);
        let mut tries = PATIENCE.as_millis() / PAUSE.as_millis();
        loop {
            let mut caller = self.connect();
            let answer = caller.ask("hi");
            // A refusal with our request unread may reach us as a reset.
            let refused = answer.is_busy() || answer == Answer::Closed;
            if !refused || tries == 0 {
                return (caller, answer);
            }
            tries -= 1;
            thread::sleep(PAUSE);
        }
    }

    /// A failure that also says whether the server is still alive.
    fn failure(&self, symptom: &str) -> Failure {
        let failure = Failure::new(symptom);
        match self.obituary.get() {
            Some(end) => failure.show("your server", end),
            None => failure,
        }
    }
}

/// Sends a caller who says nothing, but lets the server see at once that nothing will come: a server that
/// lets it in closes without a word, and the test need not wait for that.
fn expect_a_refusal(server: &Server, situation: &str) {
    let mut caller = server.connect();
    // If this fails the connection is gone already; the answer says so.
    let _ = caller.stream.get_ref().shutdown(Shutdown::Write);
    let answer = caller.answer();
    let (symptom, cause) = match &answer {
        answer if answer.is_busy() && caller.answer() == Answer::Closed => return,
        Answer::Closed => (
            "The server lets in whoever comes, or closes without a word.",
            "Without a limit a stranger decides how many threads you start. When all places are taken, call \
             `refuse` instead of spawning.",
        ),
        Answer::Silence => (
            "The server lets the caller wait for a place.",
            "A caller who waits in a queue that nobody sees cannot go elsewhere. `Place::take` says at once that \
             all are taken: refuse, and accept the next.",
        ),
        Answer::Line(_) => ("The refusal is not the one that callers know.", "`refuse` sends it and closes."),
    };
    server
        .failure(symptom)
        .show("the situation", situation)
        .expected("\"error busy …\", then the end of the connection")
        .got(answer)
        .because(cause)
        .page(PAGE)
        .raise();
}

/// Runs `server` to its end, and notes what kind of end it was.
fn write_obituary(obituary: &OnceLock<String>, server: impl FnOnce()) {
    let end = match catch_unwind(AssertUnwindSafe(server)) {
        Ok(()) => "has returned".to_owned(),
        Err(panic) => {
            let words = panic.downcast_ref::<String>().map(String::as_str);
            let words = words.or(panic.downcast_ref::<&str>().copied());
            format!("has panicked: {}", words.unwrap_or("without words"))
        }
    };
    obituary.set(end).expect("a server ends once");
}

struct Caller {
    stream: BufReader<TcpStream>,
}

impl Caller {
    fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    fn ask(&mut self, request: &str) -> Answer {
        self.send(&format!("{request}\n"));
        self.answer()
    }

    fn send(&mut self, text: &str) {
        // If the connection is gone, the answer says so.
        let _ = self.stream.get_mut().write_all(text.as_bytes());
    }

    fn answer(&mut self) -> Answer {
        let mut line = String::new();
        match self.stream.read_line(&mut line) {
            Ok(_) if line.ends_with('\n') => Answer::Line(line.trim_end().to_owned()),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                Answer::Silence
            }
            _ => Answer::Closed,
        }
    }
}

/// What a caller gets to hear.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    Line(String),
    /// The server has ended the connection.
    Closed,
    /// Nothing for [`PATIENCE`].
    Silence,
}

impl Answer {
    fn line(text: &str) -> Self {
        Self::Line(text.to_owned())
    }

    fn is_busy(&self) -> bool {
        matches!(self, Self::Line(line) if line.starts_with("error busy "))
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(line) => write!(f, "{line:?}"),
            Self::Closed => f.write_str("the end of the connection"),
            Self::Silence => write!(f, "silence for {} s", PATIENCE.as_secs()),
        }
    }
}

fn echo(request: &[u8]) -> Vec<u8> {
    [b"you said ", request].concat()
}

fn local(listener: &TcpListener) -> SocketAddr {
    listener.local_addr().expect("a bound listener has an address")
}
