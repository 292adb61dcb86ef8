//! The client against a server that says exactly what the test wants.

mod common;

use std::io::ErrorKind;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ch01_raw_tcp::{Meter, Outcome};
use ch02_protocol::{
    CallError, ClientOptions, EncodeError, Extensions, Frame, FrameClient, FrameLimits, Kind, Status,
};
use common::{PATIENCE, Peer, listener};

fn connect(listener: &TcpListener, options: ClientOptions) -> (FrameClient, Peer) {
    let address = listener.local_addr().unwrap();
    let client = FrameClient::connect(address, &options, &Arc::new(Meter::default())).unwrap();
    (client, Peer::accept(listener))
}

fn pair() -> (FrameClient, Peer) {
    connect(&listener(), ClientOptions::default())
}

fn request(body: &'static str) -> Frame {
    Frame::new(Kind::Request, 0, body)
}

fn text(frame: &Frame) -> &str {
    std::str::from_utf8(&frame.body).unwrap()
}

#[test]
fn replies_in_reverse_order_reach_their_callers() {
    let (client, mut server) = pair();
    let calls: Vec<_> = ["a", "b", "c"].map(|body| client.send(request(body)).unwrap()).into();
    let asked: Vec<_> = (0..3).map(|_| server.next().unwrap()).collect();
    for frame in asked.iter().rev() {
        server.send(&Frame::response(frame.request_id, Status::OK, format!("reply to {}", text(frame))));
    }
    for (call, body) in calls.into_iter().zip(["a", "b", "c"]) {
        assert_eq!(text(&call.wait().unwrap()), format!("reply to {body}"));
    }
    assert_eq!(client.in_flight(), 0);
}

#[test]
fn a_time_out_ends_a_call_and_not_the_connection() {
    let options = ClientOptions { call_timeout: Duration::from_millis(50), ..ClientOptions::default() };
    let (client, mut server) = connect(&listener(), options);
    let error = client.call("slow").unwrap_err();
    assert!(
        matches!(&error, CallError::NoReply { source } if source.kind() == ErrorKind::TimedOut),
        "{error}"
    );
    assert_eq!(error.outcome(), Outcome::MayHaveRun);
    assert_eq!(client.in_flight(), 0, "it waits for nothing any more");
    assert_eq!(server.next().unwrap().kind, Kind::Request);
    let cancel = server.next().unwrap();
    assert_eq!((cancel.kind, cancel.request_id), (Kind::Cancel, 1));
    assert!(client.is_open());
}

#[test]
fn late_double_and_unknown_replies_are_dropped() {
    let (client, mut server) = pair();
    drop(client.send(request("given up")).unwrap());
    let call = client.send(request("the next")).unwrap();
    assert_eq!(call.id(), 2);
    // 1 has been given up, 99 was never asked, and 2 is answered twice.
    for id in [1, 2, 2, 99] {
        server.send(&Frame::response(id, Status::OK, format!("reply to {id}")));
    }
    assert_eq!(text(&call.wait().unwrap()), "reply to 2");
    // When this reply is here, everything before it has been looked at.
    let last = client.send(request("last")).unwrap();
    server.send(&Frame::response(3, Status::OK, ""));
    last.wait().unwrap();
    assert_eq!(client.stats().late.load(Relaxed), 3);
    assert!(client.is_open());
}

#[test]
fn a_critical_extension_in_a_reply_is_not_skipped() {
    let (client, mut server) = pair();
    let critical = Extensions::none().with(99, true, b"");
    let call = client.send(request("a")).unwrap();
    server.send(&Frame::response(1, Status::OK, "no").with_extensions(critical.clone()));
    let error = call.wait().unwrap_err();
    assert!(matches!(error, CallError::BadReply { .. }), "{error}");
    // In what is no call it ends the connection: nobody knows what skipping it would mean.
    let call = client.send(request("b")).unwrap();
    server.send(&Frame::goaway(9, Status::OK, "").with_extensions(critical));
    assert!(matches!(call.wait().unwrap_err(), CallError::NoReply { .. }));
    assert!(!client.is_open());
}

#[test]
fn whatever_is_sent_is_a_request() {
    let (client, mut server) = pair();
    let call = client.send(Frame::new(Kind::Goaway, 77, "x")).unwrap();
    assert_eq!(server.next(), Some(Frame::new(Kind::Request, call.id(), "x")));
}

#[test]
fn dropping_a_client_closes_its_connection() {
    let (client, mut server) = pair();
    drop(client);
    assert_eq!(server.next(), None);
}

#[test]
fn a_request_that_nobody_waits_for_is_cancelled() {
    let (client, mut server) = pair();
    drop(client.send(request("never mind")).unwrap());
    assert_eq!(client.in_flight(), 0);
    let kinds = [server.next().unwrap(), server.next().unwrap()].map(|frame| (frame.kind, frame.request_id));
    assert_eq!(kinds, [(Kind::Request, 1), (Kind::Cancel, 1)]);
}

#[test]
fn a_lost_connection_fails_everybody_and_the_next_call_never_runs() {
    let (client, server) = pair();
    let (one, two) = (client.send(request("a")).unwrap(), client.send(request("b")).unwrap());
    drop(server);
    for call in [one, two] {
        let error = call.wait().unwrap_err();
        assert_eq!(error.outcome(), Outcome::MayHaveRun, "{error}");
    }
    assert!(!client.is_open());
    let error = client.call("c").unwrap_err();
    assert!(matches!(error, CallError::Ended { .. }), "{error}");
    assert_eq!(error.outcome(), Outcome::NeverRan);
}

#[test]
fn a_server_that_speaks_something_else_is_left() {
    let (client, mut server) = pair();
    let call = client.send(request("a")).unwrap();
    server.say(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    let error = call.wait().unwrap_err();
    assert!(error.to_string().contains("not our protocol"), "{error}");
    assert_eq!(server.next().unwrap().kind, Kind::Request);
    assert_eq!(server.next(), None, "the client has closed");
}

#[test]
fn after_a_goaway_the_later_calls_never_ran_and_the_earlier_are_answered() {
    let (client, mut server) = pair();
    let (one, two) = (client.send(request("a")).unwrap(), client.send(request("b")).unwrap());
    server.send(&Frame::goaway(1, Status::SHUTTING_DOWN, "closing time"));
    let error = two.wait().unwrap_err();
    assert_eq!(error.outcome(), Outcome::NeverRan);
    assert_eq!(error.to_string(), "the server goes away (105 shutting-down): closing time");
    let error = client.call("c").unwrap_err();
    assert!(matches!(error, CallError::GoneAway { .. }), "{error}");
    server.send(&Frame::response(1, Status::OK, "still here"));
    assert_eq!(text(&one.wait().unwrap()), "still here");
}

#[test]
fn the_table_is_bounded() {
    let options = ClientOptions { max_in_flight: 1, ..ClientOptions::default() };
    let (client, mut server) = connect(&listener(), options);
    let one = client.send(request("a")).unwrap();
    let error = client.call("b").unwrap_err();
    assert!(matches!(error, CallError::TooManyInFlight { capacity: 1 }), "{error}");
    assert_eq!(error.outcome(), Outcome::NeverRan);
    server.send(&Frame::response(1, Status::OK, ""));
    one.wait().unwrap();
    client.send(request("c")).unwrap();
}

#[test]
fn a_request_above_the_limit_is_not_sent_and_leaves_nothing_behind() {
    let frame = FrameLimits { max_body: 4, ..FrameLimits::default() };
    let (client, mut server) = connect(&listener(), ClientOptions { frame, ..ClientOptions::default() });
    let error = client.call("12345").unwrap_err();
    let too_long = EncodeError::BodyTooLong { got: 5, limit: 4 };
    assert!(matches!(&error, CallError::NotAFrame(error) if *error == too_long), "{error}");
    assert_eq!((error.outcome(), client.in_flight()), (Outcome::NeverRan, 0));
    client.one_way("1234").unwrap();
    let first = server.next().unwrap();
    assert_eq!((first.kind, text(&first)), (Kind::OneWay, "1234"));
}

#[test]
fn a_silent_server_is_asked_and_then_given_up() {
    let options = ClientOptions { heartbeat_every: Duration::from_millis(200), ..ClientOptions::default() };
    let (client, mut server) = connect(&listener(), options);
    let call = client.send(request("a")).unwrap();
    let error = call.wait().unwrap_err(); // its own time-out is 10 s away
    assert!(error.to_string().contains("no heartbeat was answered"), "{error}");
    assert!(!client.is_open());
    let frames: Vec<_> = std::iter::from_fn(|| server.next()).collect();
    let heartbeats = frames.iter().filter(|frame| **frame == Frame::new(Kind::Heartbeat, 0, "")).count();
    assert_eq!((frames.len(), heartbeats), (3, 2));
}

#[test]
fn a_server_that_answers_heartbeats_is_kept() {
    let options = ClientOptions {
        heartbeat_every: Duration::from_millis(20),
        heartbeats_missed: 1000, // however long this thread may be kept from answering
        ..ClientOptions::default()
    };
    let (client, mut server) = connect(&listener(), options);
    for _ in 0..5 {
        assert_eq!(server.next().unwrap().kind, Kind::Heartbeat);
        server.send(&Frame::new(Kind::Response, 0, ""));
    }
    assert!(client.is_open());
    assert_eq!(client.stats().late.load(Relaxed), 0, "an answer to a heartbeat is not a late reply");
}

#[test]
fn a_server_may_ask_too() {
    let (_client, mut server) = pair();
    server.send(&Frame::new(Kind::Heartbeat, 0, ""));
    assert_eq!(server.next(), Some(Frame::new(Kind::Response, 0, "")));
}

#[test]
fn many_threads_share_one_connection() {
    const THREADS: usize = 20;
    let (client, mut server) = pair();
    let answering = thread::spawn(move || {
        // All of them are in flight at once before the first one is answered.
        let asked: Vec<_> = (0..THREADS).map(|_| server.next().unwrap()).collect();
        for frame in asked.iter().rev() {
            server.send(&Frame { kind: Kind::Response, ..frame.clone() });
        }
    });
    let client = Arc::new(client);
    let (done, wait) = mpsc::channel();
    for number in 0..THREADS {
        let (client, done) = (Arc::clone(&client), done.clone());
        thread::spawn(move || {
            let body = format!("from {number}");
            done.send(client.call(body.clone()).unwrap() == body).unwrap();
        });
    }
    for _ in 0..THREADS {
        assert!(wait.recv_timeout(PATIENCE).unwrap(), "everybody gets the own reply");
    }
    answering.join().unwrap();
}
