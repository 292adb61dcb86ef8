//! # Spec of 01-06: an epoll server
//!
//! Three calls are all of epoll: `add` a socket, `change` what it is watched for, `wait` for those that
//! are ready. The kernel keeps the list, so one thread can sleep for ten thousand connections.
//!
//! Your loop runs here over a recorder: it hands every call on to your `EpollPoller`, and writes it down.
//! Mistakes that only cost speed or memory leave no trace in a reply, but they do in that log.
#![cfg(target_os = "linux")]

mod harness;

use std::io::{ErrorKind, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;

use ch01_raw_tcp::server::Wants;
use epoll_server::{EpollPoller, LISTENER, Poller};
use harness::{BIG, Call, Faults, PAGE, READING, Setup, WRITING, World};
use spec_kit::Failure;

/// Everything stands on `interest`, so every test looks at it first.
fn start(setup: Setup) -> (World, Vec<std::net::TcpStream>) {
    check_interest();
    World::start(setup)
}

fn check_interest() {
    const FULL: u64 = 1;
    const EMPTY: u64 = 2;
    const GONE: u64 = 3;
    let pair = || UnixStream::pair().expect("a pair of sockets");
    let (mut full, mut sender) = pair();
    sender.write_all(b"hello").expect("a new socket has room");
    full.set_nonblocking(true).expect("a socket can be non-blocking");
    while full.write(&[0; 4096]).map_err(|error| error.kind()) != Err(ErrorKind::WouldBlock) {}
    let (empty, _silent) = pair();
    // Its peer has hung up, which is reported unasked: so no `wait` here can last.
    let (gone, _) = pair();
    let mut poller = EpollPoller::new().expect("an epoll");
    let nothing = Wants { read: false, write: false };
    for (socket, token) in [(full.as_fd(), FULL), (empty.as_fd(), EMPTY), (gone.as_fd(), GONE)] {
        poller.add(socket, token, nothing).expect("a socket can be watched");
    }
    let cases = [
        (READING, vec![FULL, GONE]),
        (WRITING, vec![EMPTY, GONE]),
        (Wants { read: true, write: true }, vec![FULL, EMPTY, GONE]),
        (nothing, vec![GONE]),
    ];
    for (wants, expected) in cases {
        for (socket, token) in [(full.as_fd(), FULL), (empty.as_fd(), EMPTY)] {
            poller.change(socket, token, wants).expect("a watched socket can be changed");
        }
        for again in ["", ", asked a second time"] {
            poller.change(gone.as_fd(), GONE, nothing).expect("a watched socket can be changed");
            let mut ready = poller.wait().expect("a wait");
            ready.sort_unstable();
            if ready != expected {
                let cause = if again.is_empty() {
                    "Bytes are EPOLLIN, room is EPOLLOUT; each is set only when it is wanted."
                } else {
                    "The cause is still there, and nobody says so again: that is edge-triggered (EPOLLET). A connection whose turn ends before everything is read would wait for ever. Leave EPOLLET out."
                };
                Failure::new("Your `interest` makes epoll watch for the wrong thing.")
                    .show("the sockets", "1  has bytes to read and no room to write\n2  has room to write and no bytes to read\n3  its peer has hung up (always reported)")
                    .expected(format_args!("{wants:?}{again}: ready are {expected:?}"))
                    .got(format_args!("{ready:?}"))
                    .because(cause)
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

#[test]
fn interest_asks_for_what_is_wanted() {
    check_interest();
}

#[test]
fn a_call_and_its_reply() {
    let (world, _) = start(Setup::default());
    world.connect().call(
        "hello",
        "<hello>",
        "A client connected and called. No reply.",
        "Token 0 (LISTENER) is the listener: accept. Any other token is a connection: give it its turn.",
    );
    world.finish();
}

#[test]
fn a_silent_client_does_not_hold_up_the_others() {
    let (world, _) = start(Setup::default());
    let mut silent = world.connect();
    silent.send("hel");
    let (when, because) = (
        "One client has sent half a line. Now the others wait.",
        "Only `wait` may wait, and it waits for all.",
    );
    for _ in 0..3 {
        world.connect().call("hello", "<hello>", when, because);
    }
    silent.call("lo", "<hello>", "The half line was lost.", "The connection keeps it; keep the connection.");
    world.finish();
}

fn listener_events(calls: &[Call]) -> usize {
    calls.iter().filter(|call| matches!(call, Call::Ready(tokens) if tokens.contains(&LISTENER))).count()
}

#[test]
fn everyone_in_the_queue_is_let_in_at_once() {
    let crowd = 8;
    let (world, clients) = start(Setup { crowd, ..Setup::default() });
    for stream in clients {
        let because = "Call `accept` until it has nobody left.";
        world.client(stream).call("hello", "<hello>", "Someone in the queue was forgotten.", because);
    }
    let rounds = listener_events(&world.calls());
    // One event, or a few, should the machine be slow to finish a connection; never one for each.
    if rounds >= crowd {
        world.fail(Failure::new("A whole crowd stood at the door, and you let in one at a time.")
            .expected(format_args!("{crowd} clients that were there before you began: one event of the listener"))
            .got(format_args!("{rounds} events of the listener, one `accept` each"))
            .because("A `wait` for each newcomer costs a system call, and makes the last one wait longest. Accept until `WouldBlock`."));
    }
    world.finish();
}

#[test]
fn room_is_asked_for_only_while_a_reply_waits() {
    let suspect = "A socket almost always has room. Who asks for room with nothing to write is called at once, for ever. Ask for what the connection `wants`.";
    let (world, _) = start(Setup { suspect, ..Setup::default() });
    world.connect().call("hello", "<hello>", "No reply.", suspect);
    let calls = world.calls();
    if let Some(call) = calls.iter().find(|call| matches!(call, Call::Add(_, wants) if *wants != READING)) {
        world.fail(
            Failure::new("Nothing is to be written yet, and you ask for room: your loop spins.")
                .expected("every socket is added for bytes only")
                .got(format_args!("{call:?}"))
                .because(suspect),
        );
    }
    world.finish();
}

#[test]
fn interest_is_changed_only_when_it_has_changed() {
    let (world, _) = start(Setup::default());
    let mut client = world.connect();
    for _ in 0..3 {
        client.call("hello", "<hello>", "No reply.", "Each call is one event and one turn.");
    }
    let changes = world.calls().iter().filter(|call| matches!(call, Call::Change(..))).count();
    if changes > 0 {
        world.fail(Failure::new("Nothing had changed, and you told epoll so.")
            .expected("3 short calls: no `change`")
            .got(format_args!("{changes} × `change`"))
            .because("Each one is a system call in vain, with every call of every client. Compare what the connection wants with what the poller was last told."));
    }
    world.finish();
}

#[test]
fn a_slow_reader_gets_the_rest_of_its_reply() {
    let suspect = "The reply is out, and you still ask for room. Go back to what the connection `wants` now.";
    let (world, _) = start(Setup { suspect, ..Setup::default() });
    let mut slow = world.connect();
    slow.send("big\n");
    world.until(|story| {
        let mut calls = story.calls.iter().skip_while(|call| !matches!(call, Call::Asked(_)));
        calls.any(|call| *call == Call::Wait)
    });
    let asked = |calls: &[Call], wants| {
        calls.iter().any(|call| matches!(call, Call::Change(_, new) if *new == wants))
    };
    if !asked(&world.calls(), WRITING) {
        world.fail(
            Failure::new("A reply is half out, its reader is slow, and you never ask for room: the rest will never go.")
                .expected("`change` to { read: false, write: true } after the turn, before the next `wait`")
                .got("no such call")
                .because("After each turn, look at `wants()`. If it is not what the poller was last told, tell it."),
        );
    }
    world.connect().call(
        "hello",
        "<hello>",
        "One slow reader, and the others wait.",
        "Only `wait` may wait.",
    );
    slow.expect(
        &"x".repeat(BIG),
        "The slow reader did not get its whole reply.",
        "Every time there is room, the connection needs a turn.",
    );
    if !world.until(|story| asked(&story.calls, READING)) {
        world.fail(
            Failure::new("The reply is out, and nobody asks for the next request.")
                .expected("`change` back to { read: true, write: false }")
                .got("no such call")
                .because(suspect),
        );
    }
    slow.call("hello", "<hello>", "After a big reply the connection is deaf.", suspect);
    world.finish();
}

#[test]
fn a_connection_that_has_ended_is_forgotten() {
    let suspect = "The connection has ended, and you keep it: its socket stays open (a leak), and its end is reported with every `wait`. When a turn gives `Finished`, remove the entry; dropping it closes the socket.";
    let (world, _) = start(Setup { suspect, ..Setup::default() });
    let mut client = world.connect();
    client.call("hello", "<hello>", "No reply.", "Each call is one event and one turn.");
    client.say_goodbye();
    client.expect(
        "the end after 0 bytes",
        "The client said goodbye, and its connection is still open.",
        suspect,
    );
    world.finish();
}

#[test]
fn an_event_for_a_connection_that_is_gone_does_no_harm() {
    let suspect = "An event came for a token that you had already removed: an earlier event of the same `wait` had ended it. Look the token up, and return if it is gone.";
    let (world, _) =
        start(Setup { faults: Faults { twice: true, ..Faults::default() }, suspect, ..Setup::default() });
    let mut client = world.connect();
    client.call("hello", "<hello>", "Every event came twice, and the reply got lost.", suspect);
    client.say_goodbye();
    client.expect(
        "the end after 0 bytes",
        "The client said goodbye, and its connection is still open.",
        suspect,
    );
    world.connect().call("hello", "<hello>", "Every event came twice, and the server is gone.", suspect);
    world.finish();
}

#[test]
fn no_token_is_used_twice() {
    let (world, _) = start(Setup::default());
    let mut first = world.connect();
    let mut second = world.connect();
    let because = "Two connections shared a token, and one took the other's place in the table.";
    first.call("hello", "<hello>", "No reply for the first of two clients.", because);
    second.call("hello", "<hello>", "No reply for the second of two clients.", because);
    first.say_goodbye();
    first.expect("the end after 0 bytes", "A goodbye was not answered.", because);
    world.connect().call("hello", "<hello>", "A third client connects, and gets no reply.", because);
    second.call("hello", "<hello>", "A third client came, and the second lost its place.", because);
    let mut tokens: Vec<u64> = world
        .calls()
        .iter()
        .filter_map(|call| match call {
            Call::Add(token, _) => Some(*token),
            _ => None,
        })
        .collect();
    let given = tokens.clone();
    tokens.sort_unstable();
    tokens.dedup();
    if tokens.len() != given.len() {
        world.fail(Failure::new("A token was given out twice.")
            .expected("a new token for each of 3 connections, and 0 for the listener")
            .got(format_args!("{given:?}"))
            .because("A late event of the old connection would reach the new one, a stranger. Count up and never go back; the number of open connections is no token."));
    }
    world.finish();
}

#[test]
fn places_are_bounded_and_come_back() {
    let (world, _) = start(Setup { max_connections: 2, ..Setup::default() });
    let (mut first, mut second) = (world.connect(), world.connect());
    let because = "Two places were free, so two clients are let in.";
    first.call("hello", "<hello>", "The first of two allowed clients got no reply.", because);
    second.call("hello", "<hello>", "The second of two allowed clients got no reply.", because);
    let before = listener_events(&world.calls());
    let mut third = world.connect();
    world.until(|story| listener_events(&story.calls) > before && story.calls.last() == Some(&Call::Wait));
    let let_in = world.calls().iter().filter(|call| matches!(call, Call::Add(1.., _))).count();
    if let_in > 2 {
        world.fail(
            Failure::new("Two places, and a third client was let in.")
                .expected("at most `limits.max_connections` at once; the next is refused")
                .got("`add` for a third connection")
                .because("Without the bound, strangers decide how many file handles you spend. Look at the number of connections before you make a new one."),
        );
    }
    let busy = "error busy no room for another connection, try again later";
    let when = "A client above the limit must learn at once that there is no place.";
    third.expect(busy, when, "`refuse` says it and closes.");
    first.say_goodbye();
    first.expect("the end after 0 bytes", "A goodbye was not answered.", "Remove what has finished.");
    let because = "A place comes back when its connection ends: the table of connections is the count.";
    world.connect().call(
        "hello",
        "<hello>",
        "A place was free, and the next client was not served.",
        because,
    );
    second.call("hello", "<hello>", "The second client lost its place.", because);
    world.finish();
}

#[test]
fn a_connection_that_cannot_be_watched_is_dropped() {
    let suspect = "The kernel refused to watch one socket: its own limit. That is bad luck for this client and no reason to end the server. Drop the connection, so that its peer sees a close.";
    for (faults, request) in [
        (Faults { add: Some(1), ..Faults::default() }, ""),
        (Faults { change: Some(1), ..Faults::default() }, "big\n"),
    ] {
        let (world, _) = start(Setup { max_connections: 1, faults, suspect, ..Setup::default() });
        let mut unlucky = world.connect();
        unlucky.send(request);
        let end = unlucky.line();
        if !end.starts_with("the end after") {
            let failure =
                Failure::new("Nobody watches this connection, and it is still open: no turn will ever come.")
                    .expected("the end of the connection")
                    .got(end)
                    .because(suspect);
            world.fail(failure);
        }
        let when = "The place of a connection that could not be watched did not come back.";
        world.connect().call("hello", "<hello>", when, suspect);
        world.finish();
    }
}

#[test]
fn the_error_of_wait_ends_the_loop() {
    let suspect =
        "`wait` failed, and you asked it again. It will not get better: hand the error on with `?`.";
    let (world, _) = start(Setup { suspect, ..Setup::default() });
    world.finish();
}
