//! One test suite, five servers: whatever waits for the bytes, the caller sees the same.
//!
//! No test sleeps and none measures time. Where the order of things matters, a gate inside the service
//! decides it; where a limit must run out, the limit is short and the test waits for its *effect*.

use std::collections::HashSet;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use ch01_raw_tcp::meter::Syscall;
use ch01_raw_tcp::server::{Finish, serve_connection};
use ch01_raw_tcp::{
    CallError, ClientOptions, Code, Limits, Meter, Model, OrderBook, OrderDispatcher, Orders, Outcome,
    RemoteOrders, ServerHandle, Service,
};
use spec_kit::within;

/// The net under every read of a test: long enough for a loaded machine.
const NET: Duration = Duration::from_secs(20);

fn start(model: Model, service: Arc<dyn Service>, limits: Limits) -> ServerHandle {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    model.start(listener, service, limits).unwrap()
}

fn orders(model: Model, limits: Limits) -> ServerHandle {
    start(model, Arc::new(OrderDispatcher::<OrderBook>::default()), limits)
}

fn connect(server: &ServerHandle) -> TcpStream {
    let stream = TcpStream::connect(server.address()).unwrap();
    stream.set_read_timeout(Some(NET)).unwrap();
    stream.set_write_timeout(Some(NET)).unwrap();
    stream
}

/// Everything that comes until the server closes. A reset ends it too: what came before counts.
fn read_all(mut stream: &TcpStream) -> String {
    let mut all = Vec::new();
    match stream.read_to_end(&mut all) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("the server neither answers nor closes: {error}"),
    }
    String::from_utf8_lossy(&all).into_owned()
}

fn read_line(stream: &mut TcpStream) -> String {
    let mut line = Vec::new();
    let mut byte = [0];
    while line.last() != Some(&b'\n') {
        stream.read_exact(&mut byte).unwrap();
        line.push(byte[0]);
    }
    String::from_utf8(line).unwrap()
}

/// Sends `bytes`, closes our half, and gives what the server said.
fn converse(server: &ServerHandle, bytes: &[u8]) -> String {
    let mut stream = connect(server);
    // A server that has seen enough may close while we are still writing.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    read_all(&stream)
}

mod shared {
    use super::*;

    pub fn a_call_and_its_errors(model: Model) {
        let server = orders(model, Limits::default());
        let remote = RemoteOrders::new(server.address(), ClientOptions::default());
        assert_eq!(remote.say_hello("world").unwrap(), "Hello world");
        let id = remote.place_order("blue keyboard", 2).unwrap();
        assert_eq!(remote.get_order(id).unwrap().item, "blue keyboard");
        let missing = remote.get_order(99).unwrap_err();
        assert!(matches!(missing, CallError::Remote { code: Code::NotFound, .. }), "{missing}");
        assert_eq!(missing.outcome(), Outcome::RanAndFailed);
        server.stop().unwrap();
    }

    pub fn requests_in_any_pieces(model: Model) {
        let server = orders(model, Limits::default());
        let mut stream = connect(&server);
        // Two lines and a half in one segment, then the rest byte by byte.
        stream.write_all(b"say_hello Ann\nsay_hello Bob\nsay_he").unwrap();
        assert_eq!(read_line(&mut stream), "ok Hello Ann\n");
        assert_eq!(read_line(&mut stream), "ok Hello Bob\n");
        for byte in b"llo Eve\n" {
            stream.write_all(&[*byte]).unwrap();
        }
        assert_eq!(read_line(&mut stream), "ok Hello Eve\n");
        server.stop().unwrap();
    }

    pub fn a_thousand_requests_in_one_go(model: Model) {
        let server = orders(model, Limits::default());
        let mut stream = connect(&server);
        let mut writer = stream.try_clone().unwrap();
        let sender =
            std::thread::spawn(move || writer.write_all(&b"say_hello world\n".repeat(1000)).unwrap());
        for _ in 0..1000 {
            assert_eq!(read_line(&mut stream), "ok Hello world\n");
        }
        sender.join().unwrap();
        server.stop().unwrap();
    }

    pub fn an_over_long_line_is_answered_and_closed(model: Model) {
        let server = orders(model, Limits { max_line: 100, ..Limits::default() });
        let reply = converse(&server, &[b'x'; 101]);
        assert_eq!(reply, "error too-long a line is longer than 100 bytes\n");
        assert_eq!(converse(&server, b"say_hello you\n"), "ok Hello you\n", "and the server lives");
        server.stop().unwrap();
    }

    pub fn binary_rubbish_is_a_bad_request(model: Model) {
        let server = orders(model, Limits::default());
        let reply = converse(&server, b"\x00\xff\xfe\x80\nsay_hello still\n");
        assert_eq!(reply, "error bad-request the line is not UTF-8\nok Hello still\n");
        server.stop().unwrap();
    }

    pub fn half_a_request_and_then_silence(model: Model) {
        let short = Duration::from_millis(30);
        let server = orders(model, Limits { line_timeout: short, ..Limits::default() });
        let mut stream = connect(&server);
        stream.write_all(b"say_hello wor").unwrap();
        assert_eq!(read_all(&stream), "error timeout the line was not finished in time\n");
        server.stop().unwrap();
    }

    pub fn silence_between_requests_ends_the_connection(model: Model) {
        let short = Duration::from_millis(30);
        let server = orders(model, Limits { idle_timeout: short, ..Limits::default() });
        let stream = connect(&server);
        assert_eq!(read_all(&stream), "");
        server.stop().unwrap();
    }

    pub fn half_a_request_and_then_the_end(model: Model) {
        let server = orders(model, Limits::default());
        assert_eq!(converse(&server, b"place_order 1 mou"), "");
        assert_eq!(
            converse(&server, b"get_order 1\n"),
            "error not-found no order 1\n",
            "half a line was not run"
        );
        server.stop().unwrap();
    }

    pub fn a_peer_that_leaves_in_the_middle_of_its_replies(model: Model) {
        let big = |_: &[u8]| vec![b'x'; 8000];
        let server = start(model, Arc::new(big), Limits::default());
        for _ in 0..20 {
            let mut stream = connect(&server);
            stream.write_all(&b"go\n".repeat(200)).unwrap();
            stream.read_exact(&mut [0; 10]).unwrap();
            drop(stream); // unread replies are still coming: the server's next write fails
        }
        let mut stream = connect(&server);
        stream.write_all(b"go\n").unwrap();
        assert_eq!(read_line(&mut stream).len(), 8001, "the server lives");
        server.stop().unwrap();
    }

    pub fn a_panicking_service_costs_one_reply(model: Model) {
        let service = |request: &[u8]| -> Vec<u8> {
            match request {
                b"boom" => std::panic::resume_unwind(Box::new("quietly")),
                other => other.to_vec(),
            }
        };
        let server = start(model, Arc::new(service), Limits::default());
        assert_eq!(converse(&server, b"boom\nhello\n"), "error internal the service panicked\nhello\n");
        server.stop().unwrap();
    }

    pub fn a_refusal_does_not_cost_the_replies_before_it(model: Model) {
        let big = |_: &[u8]| vec![b'x'; 8000];
        let server = start(model, Arc::new(big), Limits::default());
        let stream = connect(&server);
        let mut writer = stream.try_clone().unwrap();
        let sender = std::thread::spawn(move || {
            let _ = writer.write_all(&b"g\n".repeat(300));
            let _ = writer.write_all(&[b'x'; 20_000]); // one line above the limit, and more
            let _ = writer.shutdown(Shutdown::Write);
        });
        let all = read_all(&stream);
        sender.join().unwrap();
        assert_eq!(all.len(), 300 * 8001 + "error too-long a line is longer than 8192 bytes\n".len());
    }

    pub fn stop_ends_waiting_connections(model: Model) {
        let server = orders(model, Limits::default());
        let mut stream = connect(&server);
        stream.write_all(b"say_hello world\nsay_he").unwrap();
        assert_eq!(read_line(&mut stream), "ok Hello world\n");
        within("a server stops", move || server.stop().unwrap());
        assert_eq!(read_all(&stream), "");
    }

    pub fn nobody_listens_after_stop(model: Model) {
        let server = orders(model, Limits::default());
        let address = server.address();
        server.stop().unwrap();
        let error = RemoteOrders::new(address, ClientOptions::default()).say_hello("?").unwrap_err();
        assert!(matches!(error, CallError::Connect { .. }), "{error}");
        assert_eq!(error.outcome(), Outcome::NeverRan);
    }
}

macro_rules! for_every_model {
    ($($test:ident),* $(,)?) => {
        for_every_model!(@ one_at_a_time, Model::OneAtATime, $($test),*);
        for_every_model!(@ thread_per_connection, Model::ThreadPerConnection, $($test),*);
        for_every_model!(@ worker_pool, Model::WorkerPool, $($test),*);
        for_every_model!(@ polling, Model::Polling, $($test),*);
        #[cfg(target_os = "linux")]
        for_every_model!(@ epoll, Model::Epoll, $($test),*);
    };
    (@ $name:ident, $model:expr, $($test:ident),*) => {
        mod $name {
            use super::*;
            $(#[test] fn $test() { shared::$test($model); })*
        }
    };
}

for_every_model!(
    a_call_and_its_errors,
    requests_in_any_pieces,
    a_thousand_requests_in_one_go,
    an_over_long_line_is_answered_and_closed,
    binary_rubbish_is_a_bad_request,
    half_a_request_and_then_silence,
    silence_between_requests_ends_the_connection,
    half_a_request_and_then_the_end,
    a_peer_that_leaves_in_the_middle_of_its_replies,
    a_panicking_service_costs_one_reply,
    a_refusal_does_not_cost_the_replies_before_it,
    stop_ends_waiting_connections,
    nobody_listens_after_stop,
);

/// A service that tells when a request has come in, and holds it until it is let go.
struct Gate {
    entered: Mutex<Sender<Vec<u8>>>,
    go: Mutex<Receiver<()>>,
}

impl Service for Gate {
    fn call(&self, request: &[u8]) -> Vec<u8> {
        self.entered.lock().unwrap().send(request.to_vec()).unwrap();
        // Closed is as good as "go": the test is over.
        let _ = self.go.lock().unwrap().recv_timeout(NET);
        request.to_vec()
    }
}

fn gate() -> (Arc<Gate>, Receiver<Vec<u8>>, Sender<()>) {
    let (entered, wait_entered) = channel();
    let (let_go, go) = channel();
    (Arc::new(Gate { entered: Mutex::new(entered), go: Mutex::new(go) }), wait_entered, let_go)
}

#[test]
fn one_at_a_time_makes_the_second_caller_wait() {
    let (service, entered, let_go) = gate();
    let server = start(Model::OneAtATime, service, Limits::default());
    let let_go = let_go; // dropped before the server, so that a failure does not leave it waiting
    let (mut first, mut second) = (connect(&server), connect(&server));
    first.write_all(b"first\n").unwrap();
    assert_eq!(entered.recv_timeout(NET).unwrap(), b"first");
    second.write_all(b"second\n").unwrap();
    let_go.send(()).unwrap();
    assert_eq!(read_line(&mut first), "first\n");
    // Answered, and still alone: the server waits for the first caller's next line.
    assert!(entered.try_recv().is_err(), "the second caller was served while the first was connected");
    drop(first);
    assert_eq!(entered.recv_timeout(NET).unwrap(), b"second");
    let_go.send(()).unwrap();
    assert_eq!(read_line(&mut second), "second\n");
}

#[test]
fn a_thread_each_serves_both_at_once() {
    let (service, entered, let_go) = gate();
    let server = start(Model::ThreadPerConnection, service, Limits::default());
    let let_go = let_go; // as above
    let (mut first, mut second) = (connect(&server), connect(&server));
    first.write_all(b"same\n").unwrap();
    second.write_all(b"same\n").unwrap();
    for _ in 0..2 {
        entered.recv_timeout(NET).expect("both are inside before either is let go");
    }
    for _ in 0..2 {
        let_go.send(()).unwrap();
    }
    assert_eq!(read_line(&mut first), "same\n");
    assert_eq!(read_line(&mut second), "same\n");
    assert_eq!(server.meter().peak_threads(), 3, "two connections and the accepting thread");
}

#[test]
fn a_thread_each_refuses_above_its_limit_and_takes_the_place_back() {
    let server = orders(Model::ThreadPerConnection, Limits { max_connections: 2, ..Limits::default() });
    let mut inside: Vec<_> = (0..2).map(|_| connect(&server)).collect();
    for stream in &mut inside {
        stream.write_all(b"say_hello you\n").unwrap();
        assert_eq!(read_line(stream), "ok Hello you\n");
    }
    assert_eq!(read_all(&connect(&server)), "error busy no room for another connection, try again later\n");
    drop(inside);
    // The two threads end when they see the close; until then a newcomer is refused. Asking again is
    // what a caller would do; every answer is a whole one.
    let mut asked = 0;
    while converse(&server, b"say_hello you\n") != "ok Hello you\n" {
        asked += 1;
        assert!(asked < 10_000, "the places did not come back");
    }
}

#[test]
fn a_thousand_connections_to_a_pool_of_four() {
    let limits = Limits { workers: 4, queue: 16, ..Limits::default() };
    let (service, entered, let_go) = gate();
    let server = start(Model::WorkerPool, service, limits);
    let let_go = let_go; // as above
    // Four callers hold the four workers …
    let mut served: Vec<_> = (0..4).map(|_| connect(&server)).collect();
    for stream in &mut served {
        stream.write_all(b"busy\n").unwrap();
        entered.recv_timeout(NET).unwrap();
    }
    // … sixteen wait in the queue …
    let mut queued: Vec<_> = (0..16).map(|_| connect(&server)).collect();
    for stream in &mut queued {
        stream.write_all(b"queued\n").unwrap();
    }
    // … and everybody else is told so at once. (The listener's own queue is first in, first out.)
    for _ in 20..1000 {
        assert_eq!(
            read_all(&connect(&server)),
            "error busy no room for another connection, try again later\n"
        );
    }
    assert_eq!(server.meter().refused(), 980);
    assert_eq!(server.meter().peak_threads(), 5, "four workers and the accepting thread");
    for _ in 0..20 {
        let_go.send(()).unwrap();
    }
    for mut stream in served {
        assert_eq!(read_line(&mut stream), "busy\n");
    }
    for mut stream in queued {
        assert_eq!(read_line(&mut stream), "queued\n");
    }
}

/// [T-03] Who connects holds the lock: a hundred first calls open one connection.
#[test]
fn a_hundred_first_calls_open_one_connection() {
    let server = orders(Model::ThreadPerConnection, Limits::default());
    let remote = RemoteOrders::new(server.address(), ClientOptions::default());
    std::thread::scope(|scope| {
        for _ in 0..100 {
            scope.spawn(|| assert_eq!(remote.say_hello("you").unwrap(), "Hello you"));
        }
    });
    // A thread is counted before it answers, and none ends while the stub keeps its connection.
    assert_eq!(server.meter().peak_threads(), 2, "one connection and the accepting thread");
}

#[test]
fn five_models_give_five_names() {
    let names: HashSet<_> = Model::ALL.iter().map(|model| model.name()).collect();
    assert_eq!(names.len(), Model::ALL.len());
}

#[test]
fn the_models_without_threads_refuse_above_their_limit() {
    for model in [Model::Polling, Model::Epoll] {
        if !Model::ALL.contains(&model) {
            println!("skipped: no {} on this system", model.name());
            continue;
        }
        let server = orders(model, Limits { max_connections: 2, ..Limits::default() });
        let mut inside: Vec<_> = (0..2).map(|_| connect(&server)).collect();
        for stream in &mut inside {
            stream.write_all(b"say_hello you\n").unwrap();
            assert_eq!(read_line(stream), "ok Hello you\n");
        }
        let refused = read_all(&connect(&server));
        assert_eq!(
            refused,
            "error busy no room for another connection, try again later\n",
            "{}",
            model.name()
        );
    }
}

/// The kernel's buffers fill up, the server is told to wait for room, and hears when there is some.
#[test]
#[cfg(target_os = "linux")]
fn epoll_comes_back_to_a_reader_who_is_late() {
    const CALLS: usize = 2000;
    const PATIENT: Duration = Duration::from_secs(600);
    let big = |_: &[u8]| vec![b'x'; 8000];
    // On a busy machine 16 MB take longer than the server waits for a peer in real life.
    let limits = Limits { line_timeout: PATIENT, idle_timeout: PATIENT, ..Limits::default() };
    let server = start(Model::Epoll, Arc::new(big), limits);
    // It waits, and has written since: a turn without a write, and then another.
    let full = || {
        let patience = Instant::now() + NET;
        let mut last = server.meter().counts();
        loop {
            std::thread::yield_now();
            let now = server.meter().counts();
            // That there is no room shows as a call in vain, or as one that took a part; the kernel chooses.
            let waited = now.of(Syscall::EpollWait) > last.of(Syscall::EpollWait);
            if now.of(Syscall::Send) > last.of(Syscall::Send) || now.of(Syscall::Send) < 3 {
                last = now;
            } else if waited {
                return;
            }
            assert!(Instant::now() < patience, "the server never waited for room");
        }
    };
    let mut stream = connect(&server);
    let mut replies = vec![0; CALLS * 8001];
    stream.write_all(&b"g\n".repeat(CALLS)).unwrap(); // replies of 16 MB: more than the kernel takes
    full();
    let written = server.meter().counts().of(Syscall::Send);
    assert!(written < CALLS as u64, "the kernel took everything: {written} replies");
    stream.read_exact(&mut replies).unwrap();
    assert!(server.meter().counts().of(Syscall::Send) > written, "it came back");
}

#[test]
fn a_thread_does_not_wait_for_ever_for_a_peer_that_takes_no_replies() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut deaf = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let stream = Arc::new(Meter::default()).accept(&listener).unwrap();
    deaf.write_all(&b"g\n".repeat(10_000)).unwrap(); // replies of 80 MB: more than any buffer
    let limits = Limits { line_timeout: Duration::from_millis(30), ..Limits::default() };
    let finish = within("a reply is not taken", move || {
        serve_connection(stream, &|_: &[u8]| vec![b'x'; 8000], &limits).unwrap()
    });
    assert_eq!(finish, Finish::PeerVanished);
}

#[test]
fn what_waits_in_the_queue_is_not_begun_after_stop() {
    let (service, entered, let_go) = gate();
    let server = start(Model::WorkerPool, service, Limits { workers: 1, queue: 4, ..Limits::default() });
    let let_go = let_go;
    let (mut first, mut queued) = (connect(&server), connect(&server));
    first.write_all(b"first\n").unwrap();
    entered.recv_timeout(NET).unwrap();
    queued.write_all(b"place_order 1 after-stop\n").unwrap();
    let stopping = std::thread::spawn(move || server.stop());
    assert_eq!(read_all(&first), "", "the flag is raised when connections are shut down");
    let_go.send(()).unwrap();
    stopping.join().unwrap().unwrap();
    assert_eq!(entered.try_recv().ok(), None, "an order ran after stop");
}

#[test]
fn a_server_on_every_address_stops_and_a_dropped_one_too() {
    for address in ["0.0.0.0:0", "127.0.0.1:0"] {
        let listener = TcpListener::bind(address).unwrap();
        let server =
            Model::OneAtATime.start(listener, Arc::new(|_: &[u8]| Vec::new()), Limits::default()).unwrap();
        let port = server.address().port();
        within("a server is dropped", move || drop(server));
        assert_eq!(TcpStream::connect(("127.0.0.1", port)).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    }
}

#[test]
fn limits_that_serve_nobody_start_no_server() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let limits = Limits { line_timeout: Duration::MAX, ..Limits::default() };
    let error = Model::Polling.start(listener, Arc::new(|_: &[u8]| Vec::new()), limits).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}
