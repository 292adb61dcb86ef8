//! The server against clients that say exactly what the test wants.

mod common;

use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use ch01_raw_tcp::{Meter, OrderBook, OrderDispatcher, Orders, Outcome};
use ch02_protocol::extension::number;
use ch02_protocol::{
    ClientOptions, Extensions, Frame, FrameClient, FrameLimits, FrameOrders, FrameServer, FrameService, Kind,
    Lines, Reply, ServerOptions, Status,
};
use common::{PATIENCE, Peer, listener};

fn start(service: impl FrameService + 'static, options: ServerOptions) -> FrameServer {
    FrameServer::start(listener(), Arc::new(service), options).unwrap()
}

fn echo(request: &Frame) -> Reply {
    match &request.body[..] {
        b"panic" => std::panic::resume_unwind(Box::new("quietly")),
        _ => Reply::ok(request.body.clone()),
    }
}

fn seen(frame: Option<Frame>) -> (Kind, u64, Status) {
    let frame = frame.expect("a frame");
    (frame.kind, frame.request_id, frame.status)
}

/// A service whose requests named `wait` stand at a gate.
struct Gate {
    entered: Mutex<Sender<()>>,
    open: Mutex<Receiver<()>>,
}

impl Gate {
    /// The service, word of each one that has come to the gate, and the key: dropping it opens.
    fn new() -> (Self, Receiver<()>, Sender<()>) {
        let ((entered, at_the_gate), (key, open)) = (channel(), channel());
        (Self { entered: Mutex::new(entered), open: Mutex::new(open) }, at_the_gate, key)
    }
}

impl FrameService for Gate {
    fn call(&self, request: &Frame) -> Reply {
        if &request.body[..] == b"wait" {
            let _ = self.entered.lock().unwrap().send(());
            let _ = self.open.lock().unwrap().recv(); // one key a request, or the key's end
        }
        Reply::ok(request.body.clone())
    }
}

#[test]
fn a_fast_reply_overtakes_a_slow_one() {
    let (gate, at_the_gate, key) = Gate::new();
    let server = start(gate, ServerOptions::default());
    let mut peer = Peer::connect(server.address());
    peer.request(1, "wait");
    peer.request(2, "fast");
    at_the_gate.recv_timeout(PATIENCE).unwrap();
    assert_eq!(seen(peer.next()), (Kind::Response, 2, Status::OK));
    drop(key);
    assert_eq!(seen(peer.next()), (Kind::Response, 1, Status::OK));
}

#[test]
fn two_requests_in_one_write_and_one_byte_by_byte() {
    let server = start(echo, ServerOptions { workers: 1, ..ServerOptions::default() });
    let mut peer = Peer::connect(server.address());
    let [one, two, three] =
        [1, 2, 3].map(|id| Frame::new(Kind::Request, id, format!("body\n{id}")).to_bytes().unwrap());
    peer.say(&[one, two].concat());
    for byte in three {
        peer.say(&[byte]);
    }
    for id in 1..=3 {
        assert_eq!(peer.next(), Some(Frame::response(id, Status::OK, format!("body\n{id}"))));
    }
}

#[test]
fn a_request_that_waits_can_be_cancelled_and_one_that_runs_cannot() {
    let (gate, at_the_gate, key) = Gate::new();
    let server = start(gate, ServerOptions { workers: 1, ..ServerOptions::default() });
    let mut peer = Peer::connect(server.address());
    peer.request(1, "wait");
    at_the_gate.recv_timeout(PATIENCE).unwrap();
    peer.request(2, "waits behind 1");
    peer.request(3, "so does this");
    for id in [1, 2, 77] {
        peer.send(&Frame::new(Kind::Cancel, id, ""));
    }
    // Answered by the thread that reads, so when it comes the cancels have been read.
    peer.send(&Frame::new(Kind::Heartbeat, 0, ""));
    assert_eq!(seen(peer.next()), (Kind::Response, 0, Status::OK));
    drop(key);
    assert_eq!(seen(peer.next()), (Kind::Response, 1, Status::OK));
    assert_eq!(seen(peer.next()), (Kind::Response, 3, Status::OK));
    assert_eq!((server.stats().run.load(Relaxed), server.stats().cancelled.load(Relaxed)), (2, 1));
}

#[test]
fn a_cancelled_request_keeps_its_place_until_it_is_thrown_away() {
    let (gate, at_the_gate, key) = Gate::new();
    let server = start(gate, ServerOptions { workers: 1, ..ServerOptions::default() });
    let mut greedy = Peer::connect(server.address());
    greedy.request(1, "wait");
    at_the_gate.recv_timeout(PATIENCE).unwrap();
    // More pairs than the queue has places.
    for id in 2..=200 {
        greedy.request(id, "never mind");
        greedy.send(&Frame::new(Kind::Cancel, id, ""));
    }
    greedy.send(&Frame::new(Kind::Heartbeat, 0, ""));
    while seen(greedy.next()).1 != 0 {}
    let mut other = Peer::connect(server.address());
    other.request(1, "hello");
    drop(key);
    assert_eq!(seen(other.next()), (Kind::Response, 1, Status::OK), "one client cannot fill the queue");
    assert_eq!(server.stats().run.load(Relaxed), 2);
}

#[test]
fn the_id_of_a_cancelled_request_is_not_free_while_it_is_queued() {
    let (gate, at_the_gate, key) = Gate::new();
    let server = start(gate, ServerOptions { workers: 1, ..ServerOptions::default() });
    let mut peer = Peer::connect(server.address());
    peer.request(1, "wait");
    at_the_gate.recv_timeout(PATIENCE).unwrap();
    peer.request(2, "old");
    peer.send(&Frame::new(Kind::Cancel, 2, ""));
    peer.request(2, "new");
    assert_eq!(seen(peer.next()), (Kind::Goaway, 2, Status::BAD_FRAME));
    drop(key);
    assert_eq!(seen(peer.next()), (Kind::Response, 1, Status::OK));
    assert_eq!(peer.next(), None);
}

#[test]
fn a_client_that_does_not_read_holds_one_worker() {
    /// Far more than the buffers between two programs hold.
    const LONG: usize = 8 << 20;
    let service = |request: &Frame| match &request.body[..] {
        b"long" => Reply::ok(vec![0; LONG]),
        _ => echo(request),
    };
    // Its patience is longer than the test's, so it cannot help.
    let patient = ServerOptions { frame_timeout: PATIENCE * 6, ..ServerOptions::default() };
    let server = start(service, patient);
    let mut deaf = Peer::connect(server.address());
    for id in 1..=8 {
        deaf.request(id, "long");
    }
    let mut other = Peer::connect(server.address());
    for id in 1..=20 {
        other.request(id, "hello");
        assert_eq!(seen(other.next()), (Kind::Response, id, Status::OK));
    }
    server.stop().unwrap(); // and nobody waits for the deaf one
}

#[test]
fn heartbeats_are_answered_while_every_worker_is_busy() {
    let (gate, at_the_gate, key) = Gate::new();
    let server = start(gate, ServerOptions { workers: 1, ..ServerOptions::default() });
    let mut peer = Peer::connect(server.address());
    peer.request(1, "wait");
    at_the_gate.recv_timeout(PATIENCE).unwrap();
    for _ in 0..3 {
        peer.send(&Frame::new(Kind::Heartbeat, 0, ""));
        assert_eq!(seen(peer.next()), (Kind::Response, 0, Status::OK));
    }
    assert_eq!(server.stats().heartbeats.load(Relaxed), 3);
    drop(key);
}

#[test]
fn too_many_requests_are_refused_and_the_connection_lives() {
    // One in flight on a connection; and one worker with a queue of one, for all of them.
    for options in [
        ServerOptions { max_in_flight: 2, ..ServerOptions::default() },
        ServerOptions { workers: 1, queue: 1, ..ServerOptions::default() },
    ] {
        let (gate, at_the_gate, key) = Gate::new();
        let server = start(gate, options);
        let mut peer = Peer::connect(server.address());
        peer.request(1, "wait");
        at_the_gate.recv_timeout(PATIENCE).unwrap();
        peer.request(2, "wait");
        peer.request(3, "one too many");
        assert_eq!(seen(peer.next()), (Kind::Response, 3, Status::BUSY));
        drop(key);
        let mut answered = [seen(peer.next()), seen(peer.next())];
        answered.sort_by_key(|answer| answer.1);
        assert_eq!(answered, [(Kind::Response, 1, Status::OK), (Kind::Response, 2, Status::OK)]);
        peer.request(4, "room again");
        assert_eq!(seen(peer.next()), (Kind::Response, 4, Status::OK));
        assert_eq!(server.stats().busy.load(Relaxed), 1);
    }
}

#[test]
fn a_panic_and_a_reply_that_is_too_long_are_answers_too() {
    let frame = FrameLimits { max_body: 100, ..FrameLimits::default() };
    let service = |request: &Frame| match &request.body[..] {
        b"long" => Reply::ok(vec![0; 101]),
        _ => echo(request),
    };
    let server = start(service, ServerOptions { frame, ..ServerOptions::default() });
    let mut peer = Peer::connect(server.address());
    for (id, body, status) in
        [(1, "panic", Status::INTERNAL), (2, "long", Status::REPLY_TOO_LONG), (3, "x", Status::OK)]
    {
        peer.request(id, body);
        assert_eq!(seen(peer.next()), (Kind::Response, id, status));
    }
}

#[test]
fn an_unknown_extension_is_skipped_and_an_unknown_critical_one_is_refused() {
    let server = start(echo, ServerOptions::default());
    let mut peer = Peer::connect(server.address());
    let asking = |id, critical| {
        Frame::new(Kind::Request, id, "x").with_extensions(Extensions::none().with(
            99,
            critical,
            b"from tomorrow",
        ))
    };
    peer.send(&asking(1, false));
    assert_eq!(seen(peer.next()), (Kind::Response, 1, Status::OK));
    peer.send(&asking(2, true));
    assert_eq!(seen(peer.next()), (Kind::Response, 2, Status::UNKNOWN_EXTENSION));
    peer.request(3, "the connection lives");
    assert_eq!(seen(peer.next()), (Kind::Response, 3, Status::OK));
}

#[test]
fn an_id_is_free_again_when_its_reply_has_come() {
    let server = start(echo, ServerOptions::default());
    let mut peer = Peer::connect(server.address());
    for _ in 0..500 {
        peer.request(7, "again");
        assert_eq!(seen(peer.next()), (Kind::Response, 7, Status::OK));
    }
}

#[test]
fn a_critical_extension_that_is_only_known_by_name_is_refused_too() {
    let server = start(echo, ServerOptions::default());
    let mut peer = Peer::connect(server.address());
    let critical = Extensions::none().with(number::DEADLINE, true, &[0; 8]);
    peer.send(&Frame::new(Kind::Request, 1, "x").with_extensions(critical));
    assert_eq!(seen(peer.next()), (Kind::Response, 1, Status::UNKNOWN_EXTENSION));
}

/// Acts upon two extensions, and says so.
struct ByName;

impl FrameService for ByName {
    fn call(&self, request: &Frame) -> Reply {
        Reply::ok(request.extensions.get(number::METHOD).unwrap_or_default().to_vec())
    }

    fn acts_upon(&self) -> &[u8] {
        &[number::SERVICE, number::METHOD]
    }
}

#[test]
fn a_service_says_which_extensions_it_acts_upon() {
    let server = start(ByName, ServerOptions::default());
    let mut peer = Peer::connect(server.address());
    let names = || {
        Extensions::none().with(number::SERVICE, true, b"OrderService").with(
            number::METHOD,
            true,
            b"get_order",
        )
    };
    let request = |id, extensions| Frame::new(Kind::Request, id, "x").with_extensions(extensions);
    peer.send(&request(1, names()));
    assert_eq!(peer.next(), Some(Frame::response(1, Status::OK, "get_order")));
    // One that it does not act upon is none the better for those that it does.
    peer.send(&request(2, names().with(number::METADATA, true, b"")));
    let refusal = "extension 7 is critical, and unknown here";
    assert_eq!(peer.next(), Some(Frame::response(2, Status::UNKNOWN_EXTENSION, refusal)));
    peer.send(&request(3, names().with(number::METADATA, false, b"")));
    assert_eq!(seen(peer.next()), (Kind::Response, 3, Status::OK));
    // What is no call never reaches the service, so nobody acts upon anything.
    peer.send(&Frame::new(Kind::Heartbeat, 0, "").with_extensions(names()));
    assert_eq!(seen(peer.next()), (Kind::Goaway, 3, Status::BAD_FRAME));
}

#[test]
fn rules_that_are_no_matter_of_bytes() {
    let critical = || Extensions::none().with(99, true, b"");
    for frame in [
        Frame::new(Kind::Heartbeat, 7, ""),
        Frame::new(Kind::Request, 0, "x"),
        Frame::new(Kind::OneWay, 0, "x"),
        Frame::new(Kind::Cancel, 0, ""),
        Frame::new(Kind::Heartbeat, 0, "").with_extensions(critical()),
        Frame::new(Kind::Cancel, 1, "").with_extensions(critical()),
    ] {
        let server = start(echo, ServerOptions::default());
        let mut peer = Peer::connect(server.address());
        peer.send(&frame);
        assert_eq!(seen(peer.next()), (Kind::Goaway, 0, Status::BAD_FRAME), "{frame:?}");
        assert_eq!(server.stats().run.load(Relaxed), 0);
    }
}

#[test]
fn one_way_calls_are_run_and_not_answered() {
    let (ran, wait) = channel();
    let ran = Mutex::new(ran);
    let service = move |request: &Frame| {
        ran.lock().unwrap().send(request.body.clone()).unwrap();
        echo(request)
    };
    let server = start(service, ServerOptions { workers: 1, ..ServerOptions::default() });
    let mut peer = Peer::connect(server.address());
    for (id, body) in [(1, "notice"), (2, "panic")] {
        peer.send(&Frame::new(Kind::OneWay, id, body));
        assert_eq!(wait.recv_timeout(PATIENCE).unwrap(), body);
    }
    peer.request(3, "question");
    assert_eq!(seen(peer.next()), (Kind::Response, 3, Status::OK), "the first answer is to the question");
}

#[test]
fn rubbish_is_told_goodbye_after_what_was_asked_before_is_answered() {
    let [mut later_version, mut huge] =
        [(); 2].map(|()| Frame::new(Kind::Request, 9, "x").to_bytes().unwrap());
    later_version[4] = 2;
    huge[20..24].copy_from_slice(&u32::MAX.to_be_bytes());
    let again = Frame::new(Kind::Request, 1, "again");
    let twice = again.to_bytes().unwrap();
    let critical = again.with_extensions(Extensions::none().with(99, true, b"")).to_bytes().unwrap();
    for (rubbish, status) in [
        (&b"GET / HTTP/1.1\r\n\r\n"[..], Status::BAD_FRAME),
        (&later_version, Status::UNSUPPORTED_VERSION),
        (&huge, Status::BAD_FRAME),
        (&twice, Status::BAD_FRAME),
        (&critical, Status::BAD_FRAME), // not 104 under the id of a call that runs
    ] {
        let (gate, at_the_gate, key) = Gate::new();
        let server = start(gate, ServerOptions::default());
        let mut peer = Peer::connect(server.address());
        peer.request(1, "wait");
        at_the_gate.recv_timeout(PATIENCE).unwrap();
        peer.say(rubbish);
        assert_eq!(seen(peer.next()), (Kind::Goaway, 1, status));
        peer.request(2, "too late");
        drop(key);
        assert_eq!(seen(peer.next()), (Kind::Response, 1, Status::OK));
        assert_eq!(peer.next(), None, "2 is neither run nor answered");
        assert_eq!(server.stats().bad_streams.load(Relaxed), 1);
        assert_eq!(server.stats().run.load(Relaxed), 1);
    }
}

#[test]
fn a_client_that_has_said_its_last_word_still_gets_its_replies() {
    let (gate, at_the_gate, key) = Gate::new();
    let server = start(gate, ServerOptions::default());
    let mut peer = Peer::connect(server.address());
    peer.request(1, "wait");
    peer.finish();
    at_the_gate.recv_timeout(PATIENCE).unwrap();
    drop(key);
    assert_eq!(seen(peer.next()), (Kind::Response, 1, Status::OK));
    assert_eq!(peer.next(), None);
}

#[test]
fn a_connection_above_the_limit_hears_why() {
    let server = start(echo, ServerOptions { max_connections: 1, ..ServerOptions::default() });
    let mut inside = Peer::connect(server.address());
    inside.request(1, "hi");
    assert_eq!(seen(inside.next()), (Kind::Response, 1, Status::OK));
    let mut outside = Peer::connect(server.address());
    assert_eq!(seen(outside.next()), (Kind::Goaway, 0, Status::BUSY));
    assert_eq!(outside.next(), None);
}

#[test]
fn silence_and_half_a_frame_have_their_time() {
    let short = std::time::Duration::from_millis(50);
    let server = start(echo, ServerOptions { idle_timeout: short, ..ServerOptions::default() });
    let mut silent = Peer::connect(server.address());
    assert_eq!(seen(silent.next()), (Kind::Goaway, 0, Status::IDLE));
    assert_eq!(silent.next(), None);

    let server = start(echo, ServerOptions { frame_timeout: short, ..ServerOptions::default() });
    let mut slow = Peer::connect(server.address());
    slow.say(b"yrpc");
    assert_eq!(seen(slow.next()), (Kind::Goaway, 0, Status::FRAME_TIMEOUT));
    assert_eq!(slow.next(), None);
}

#[test]
fn who_waits_for_an_answer_is_not_idle() {
    let short = std::time::Duration::from_millis(50);
    let (gate, at_the_gate, key) = Gate::new();
    let server = start(gate, ServerOptions { idle_timeout: short, ..ServerOptions::default() });
    let mut waiting = Peer::connect(server.address());
    waiting.request(1, "wait");
    at_the_gate.recv_timeout(PATIENCE).unwrap();
    // Another one comes later, says nothing, and is left for it: so the time is up for both.
    let mut silent = Peer::connect(server.address());
    assert_eq!(seen(silent.next()), (Kind::Goaway, 0, Status::IDLE));
    drop(key);
    assert_eq!(seen(waiting.next()), (Kind::Response, 1, Status::OK));
}

#[test]
fn an_explanation_that_is_too_long_itself_becomes_a_bare_status() {
    let frame = FrameLimits { max_body: 5, ..FrameLimits::default() };
    let server = start(|_: &Frame| Reply::ok("123456"), ServerOptions { frame, ..ServerOptions::default() });
    let mut peer = Peer::connect(server.address());
    peer.request(1, "x");
    assert_eq!(peer.next(), Some(Frame::response(1, Status::REPLY_TOO_LONG, "")));
}

#[test]
fn stopping_tells_the_clients_and_begins_nothing_more() {
    let (gate, at_the_gate, key) = Gate::new();
    let server = start(gate, ServerOptions { workers: 1, ..ServerOptions::default() });
    let mut peer = Peer::connect(server.address());
    peer.request(1, "wait");
    at_the_gate.recv_timeout(PATIENCE).unwrap();
    peer.request(2, "wait"); // but it will not even begin
    peer.send(&Frame::new(Kind::Heartbeat, 0, ""));
    assert_eq!(seen(peer.next()), (Kind::Response, 0, Status::OK));
    // Another one, and one that has gone, so that the server has had to keep a list.
    drop(Peer::connect(server.address()));
    let mut other = Peer::connect(server.address());
    other.send(&Frame::new(Kind::Heartbeat, 0, ""));
    assert_eq!(seen(other.next()), (Kind::Response, 0, Status::OK));
    let stopping = thread::spawn(move || server.stop());
    assert_eq!(seen(other.next()), (Kind::Goaway, 0, Status::SHUTTING_DOWN));
    assert_eq!(seen(peer.next()), (Kind::Response, 2, Status::SHUTTING_DOWN), "it never ran, and hears so");
    assert_eq!(seen(peer.next()), (Kind::Goaway, 1, Status::SHUTTING_DOWN));
    drop(key);
    stopping.join().unwrap().unwrap();
    // The reply to 1 may have come in front of the close, or not.
    let rest: Vec<_> = std::iter::from_fn(|| peer.next()).map(|frame| frame.request_id).collect();
    assert!(rest.is_empty() || rest == [1], "{rest:?}");
    assert!(at_the_gate.try_recv().is_err());
}

#[test]
fn the_order_service_over_frames() {
    let server = start(Lines(OrderDispatcher::<OrderBook>::default()), ServerOptions::default());
    let orders = FrameOrders::new(server.address(), ClientOptions::default());
    assert_eq!(orders.say_hello("world").unwrap(), "Hello world");
    let id = orders.place_order("a poem:\nroses are red", 1).unwrap();
    assert_eq!(orders.get_order(id).unwrap().item, "a poem:\nroses are red");
    let error = orders.get_order(99).unwrap_err();
    assert_eq!(error.to_string(), "the server answered 302 not-found: no order 99");
    assert_eq!(error.outcome(), Outcome::RanAndFailed);
}

#[test]
fn a_hundred_first_calls_open_one_connection_and_a_restart_another() {
    let room_for_all = ServerOptions { max_in_flight: 100, queue: 100, ..ServerOptions::default() };
    let server = start(Lines(OrderDispatcher::<OrderBook>::default()), room_for_all);
    let address = server.address();
    let orders = FrameOrders::new(address, ClientOptions::default());
    thread::scope(|scope| {
        for _ in 0..100 {
            scope.spawn(|| orders.place_order("x", 1).unwrap());
        }
    });
    assert_eq!(orders.meter().counts().of(ch01_raw_tcp::meter::Syscall::Connect), 1);
    server.stop().unwrap();
    // Whether the client has heard of the stop yet or not: the call fails, and nothing is sent twice.
    assert!(orders.say_hello("nobody").is_err());
    let listener = std::net::TcpListener::bind(address).unwrap();
    let service = Arc::new(Lines(OrderDispatcher::<OrderBook>::default()));
    let _server = FrameServer::start(listener, service, ServerOptions::default()).unwrap();
    assert_eq!(orders.say_hello("again").unwrap(), "Hello again");
}

/// A reply goes out in one system call, whatever its length, and its body is not copied on the way.
#[test]
fn a_frame_is_one_system_call() {
    use ch01_raw_tcp::meter::Syscall;
    let server = start(echo, ServerOptions::default());
    let meter = Arc::new(Meter::default());
    let client = FrameClient::connect(server.address(), &ClientOptions::default(), &meter).unwrap();
    let bodies = [0, 1, 1000].map(|length| vec![0; length]);
    for body in &bodies {
        assert_eq!(client.call(body.clone()).unwrap(), body);
    }
    assert_eq!(meter.counts().of(Syscall::SendPieces), bodies.len() as u64);
    assert_eq!(meter.counts().of(Syscall::Send), 0);
}
