//! The client against servers that misbehave: each of them is a script on a loopback socket.

use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use ch01_raw_tcp::{CallError, ClientOptions, Code, LineClient, Meter, Orders, Outcome, RemoteOrders};
use spec_kit::{LIMIT, within};

/// A server that plays `script` on each of `connections` connections, one after the other.
fn server(
    connections: usize,
    script: impl Fn(usize, BufReader<TcpStream>) + Send + 'static,
) -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let thread = std::thread::spawn(move || {
        for number in 0..connections {
            let (stream, _) = listener.accept().unwrap();
            script(number, BufReader::new(stream));
        }
    });
    (address, thread)
}

/// Waits for the script to end, and passes on what it found; a script that waits for us in vain fails.
fn finish(server: JoinHandle<()>) {
    within("the server's script runs", || server.join().unwrap());
}

fn read_request(stream: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    stream.read_line(&mut line).unwrap();
    line
}

fn connect(address: SocketAddr, options: ClientOptions) -> LineClient {
    LineClient::connect(address, options, &Arc::new(Meter::default())).unwrap()
}

#[test]
fn a_request_that_is_no_line_is_never_sent() {
    let (address, thread) = server(1, |_, mut stream| assert_eq!(read_request(&mut stream), "fine\n"));
    let mut client = connect(address, ClientOptions { max_line: 4, ..ClientOptions::default() });
    for request in [&b"a\nb"[..], b"12345", b"ab\r"] {
        let error = client.call(request).unwrap_err();
        assert!(matches!(error, CallError::NotALine { .. }), "{error}");
        assert_eq!(error.outcome(), Outcome::NeverRan);
    }
    let _ = client.call(b"fine");
    drop(client);
    finish(thread);
}

#[test]
fn no_reply_poisons_the_connection_but_not_the_stub() {
    let (address, thread) = server(2, |number, mut stream| {
        read_request(&mut stream);
        if number == 1 {
            stream.get_mut().write_all(b"ok Hello again\n").unwrap();
        } // the first connection is closed without an answer
    });
    let remote = RemoteOrders::new(address, ClientOptions::default());
    let error = remote.say_hello("you").unwrap_err();
    assert!(
        matches!(&error, CallError::NoReply { source } if source.kind() == ErrorKind::UnexpectedEof),
        "{error}"
    );
    assert_eq!(error.outcome(), Outcome::MayHaveRun);
    assert_eq!(remote.say_hello("you").unwrap(), "Hello again");
    finish(thread);
}

#[test]
fn a_late_reply_is_never_taken_for_the_next_one() {
    let (late, wait_late) = std::sync::mpsc::channel::<()>();
    let (address, thread) = server(1, move |_, mut stream| {
        read_request(&mut stream);
        wait_late.recv().unwrap(); // the caller has given up
        let _ = stream.get_mut().write_all(b"ok the late one\n");
    });
    let mut client = connect(
        address,
        ClientOptions { call_timeout: Duration::from_millis(20), ..ClientOptions::default() },
    );
    let error = client.call(b"slow").unwrap_err();
    assert!(
        matches!(&error, CallError::NoReply { source } if source.kind() == ErrorKind::TimedOut),
        "{error}"
    );
    late.send(()).unwrap();
    finish(thread); // the late reply lies in our receive buffer now
    let error = client.call(b"next").unwrap_err();
    assert!(matches!(error, CallError::Poisoned), "{error}");
    assert_eq!(error.outcome(), Outcome::NeverRan);
}

/// On Linux a reset leaves what has arrived before it readable; not every system is so kind.
#[test]
#[cfg(target_os = "linux")]
fn a_refusal_is_read_even_when_the_request_could_not_be_written() {
    let (address, thread) = server(1, |_, mut stream| {
        stream.get_mut().write_all(b"error busy come back later\n").unwrap();
    }); // and closes, unread
    let mut client = connect(address, ClientOptions { max_line: 100_000_000, ..ClientOptions::default() });
    let more_than_the_buffers_hold = vec![b'x'; 50_000_000];
    assert_eq!(client.call(&more_than_the_buffers_hold).unwrap(), b"error busy come back later");
    finish(thread);
}

#[test]
fn after_a_refusal_the_stub_connects_anew() {
    let (address, thread) = server(2, |number, mut stream| {
        read_request(&mut stream);
        let reply = [&b"error busy come back later\n"[..], b"ok Hello you\n"][number];
        stream.get_mut().write_all(reply).unwrap();
    });
    let remote = RemoteOrders::new(address, ClientOptions::default());
    let refused = remote.say_hello("you").unwrap_err();
    assert!(matches!(refused, CallError::Remote { code: Code::Busy, .. }), "{refused}");
    assert_eq!(refused.outcome(), Outcome::NeverRan, "so trying again is safe");
    assert_eq!(remote.say_hello("you").unwrap(), "Hello you");
    finish(thread);
}

#[test]
fn a_surplus_line_is_never_taken_for_the_next_reply() {
    let (address, thread) = server(2, |number, mut stream| {
        read_request(&mut stream);
        let reply = [&b"ok Hello Ann\nok Hello nobody\n"[..], b"ok Hello Bob\n"][number];
        stream.get_mut().write_all(reply).unwrap();
        if number == 0 {
            read_request(&mut stream); // until the stub gives this connection up
        }
    });
    let remote = RemoteOrders::new(address, ClientOptions::default());
    assert_eq!(remote.say_hello("Ann").unwrap(), "Hello Ann");
    let error = remote.say_hello("Bob").unwrap_err();
    assert!(matches!(error, CallError::Poisoned), "{error}");
    assert_eq!(remote.say_hello("Bob").unwrap(), "Hello Bob");
    finish(thread);
}

#[test]
fn a_connection_that_the_server_closed_meanwhile_costs_no_call() {
    let (closed, wait_closed) = std::sync::mpsc::channel();
    let (address, thread) = server(2, move |_, mut stream| {
        read_request(&mut stream);
        stream.get_mut().write_all(b"ok 1\n").unwrap();
        drop(stream);
        closed.send(()).unwrap();
    });
    // Zero: look before every call, so that the test need not be silent for a second.
    let remote =
        RemoteOrders::new(address, ClientOptions { stale_after: Duration::ZERO, ..Default::default() });
    for _ in 0..2 {
        assert_eq!(remote.place_order("mouse", 1).unwrap(), 1);
        wait_closed.recv().unwrap();
    }
    finish(thread);
}

#[test]
fn a_connection_that_is_alive_is_kept() {
    let (address, thread) = server(1, |_, mut stream| {
        for _ in 0..2 {
            read_request(&mut stream);
            stream.get_mut().write_all(b"ok 1\n").unwrap();
        }
    });
    let remote =
        RemoteOrders::new(address, ClientOptions { stale_after: Duration::ZERO, ..Default::default() });
    for _ in 0..2 {
        assert_eq!(remote.place_order("mouse", 1).unwrap(), 1);
    }
    finish(thread);
}

#[test]
fn a_server_that_drips_does_not_stretch_a_call() {
    let (address, thread) = server(1, |_, mut stream| {
        read_request(&mut stream);
        while stream.get_mut().write_all(b"x").is_ok() {}
    });
    // Long beside the pauses of a busy machine: each single read is in time, only their sum is not.
    let call_timeout = Duration::from_millis(300);
    let mut client =
        connect(address, ClientOptions { call_timeout, max_line: usize::MAX, ..Default::default() });
    let error = within("a server drips", move || client.call(b"go").unwrap_err());
    assert!(
        matches!(&error, CallError::NoReply { source } if source.kind() == ErrorKind::TimedOut),
        "{error}"
    );
    finish(thread);
}

#[test]
fn a_timeout_that_no_clock_can_count_is_refused() {
    let (address, _) = server(0, |_, _| {});
    for (call_timeout, connect_timeout) in [(Duration::MAX, LIMIT), (LIMIT, Duration::ZERO)] {
        let options = ClientOptions { call_timeout, connect_timeout, ..Default::default() };
        let error = RemoteOrders::new(address, options).say_hello("you").unwrap_err();
        let CallError::Connect { source, .. } = error else { panic!("{error}") };
        assert_eq!(source.kind(), ErrorKind::InvalidInput);
    }
}

#[test]
fn what_is_no_reply_is_shown() {
    let (address, thread) = server(1, |_, mut stream| {
        read_request(&mut stream);
        stream.get_mut().write_all(b"HTTP/1.1 400 Bad Request\r\n").unwrap();
    });
    let error = RemoteOrders::new(address, ClientOptions::default()).say_hello("you").unwrap_err();
    assert_eq!(error.to_string(), "not a reply: \"HTTP/1.1 400 Bad Request\" (the call may have run)");
    finish(thread);
}

#[test]
fn an_endless_reply_is_cut_at_the_limit() {
    let (address, thread) = server(1, |_, mut stream| {
        read_request(&mut stream);
        let _ = stream.get_mut().write_all(&[b'x'; 100]);
    });
    let mut client = connect(address, ClientOptions { max_line: 50, ..ClientOptions::default() });
    let error = client.call(b"go").unwrap_err();
    assert_eq!(error.to_string(), "not a reply: \"a line is longer than 50 bytes\" (the call may have run)");
    finish(thread);
}
