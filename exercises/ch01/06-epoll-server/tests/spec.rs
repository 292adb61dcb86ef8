//! # Spec of 01-06: an epoll server
//!
//! Three calls are all of epoll: `add` a socket, `change` what it is watched for, `wait` for those that
//! are ready. The kernel keeps the list, so one thread can sleep for ten thousand connections.
//!
//! Your loop runs here over a recorder: it hands every call on to your `EpollPoller`, and writes it down.
//! Mistakes that only cost speed or memory leave no trace in a reply, but they do in that log.
#![cfg(target_os = "linux")]

mod harness;

use std::net::TcpStream;

use epoll_server::LISTENER;
use harness::{BIG, Call, Faults, READING, Setup, WRITING, World, check_interest};
use nix::errno::Errno;

/// Everything stands on `interest`, so every test looks at it first.
fn start(setup: Setup) -> (World, Vec<TcpStream>) {
    check_interest();
    World::start(setup)
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

/// Fails when the loop waited again although its last `accept` had brought somebody.
#[track_caller]
fn check_rounds(world: &World, symptom: &str) {
    let calls = world.calls();
    let before_a_wait = |call: &&Call| matches!(call, Call::Accept(_) | Call::Wait);
    let round: Vec<_> = calls.iter().filter(before_a_wait).collect();
    if round.windows(2).any(|pair| matches!(pair, [Call::Accept(Ok(())), Call::Wait])) {
        world.fail(
            symptom,
            "a round of `accept` that goes on until `accept` fails",
            "a `wait` right after an `accept` that brought somebody",
            "Behind the one you took, others may stand. A `wait` for each of them costs a system call, and makes the last one wait longest. Accept until `WouldBlock`.",
        );
    }
}

#[test]
fn everyone_in_the_queue_is_let_in_at_once() {
    let crowd = 8;
    let (world, clients) = start(Setup { crowd, ..Setup::default() });
    for stream in clients {
        let because = "Call `accept` until it has nobody left.";
        world.client(stream).call("hello", "<hello>", "Someone in the queue was forgotten.", because);
    }
    check_rounds(&world, "A whole crowd stood at the door, and you let in one at a time.");
    world.finish();
}

#[test]
fn an_accept_that_fails_ends_the_round_and_nothing_else() {
    let suspect = "One `accept` failed: its caller had given up in the queue, or no file handle was left. End the round, and serve the others. If somebody still stands there, the next `wait` says so.";
    for errno in [Errno::ECONNABORTED, Errno::EMFILE] {
        let faults = Faults { accept: Some(errno), ..Faults::default() };
        let (world, _) = start(Setup { faults, suspect, ..Setup::default() });
        world.connect().call(
            "hello",
            "<hello>",
            "`accept` failed once, and nobody is let in any more.",
            suspect,
        );
        world.finish();
    }
}

#[test]
fn only_who_is_ready_gets_a_turn() {
    let faults = Faults { mute: Some(1), ..Faults::default() };
    let (world, _) = start(Setup { faults, ..Setup::default() });
    let mut mute = world.connect();
    world.until(|story| story.calls.iter().any(|call| matches!(call, Call::Add(1, _))));
    mute.send("quiet\n");
    let mut ready = world.connect();
    for _ in 0..3 {
        ready.call("hello", "<hello>", "No reply.", "Each call is one event and one turn.");
    }
    world.until_it_waits();
    if world.calls().contains(&Call::Asked("quiet".into())) {
        world.fail(
            "An event came for one connection, and another had a turn as well.",
            "a turn for each token that `wait` gives, and for no other",
            "a request of token 1 was answered, and `wait` never gave token 1 (the spec holds its events back)",
            "Whoever gives everybody a turn at each event asks a thousand sockets in vain: that is polling, with an epoll on top.",
        );
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
            "Nothing is to be written yet, and you ask for room: your loop spins.",
            "every socket is added for bytes only",
            call,
            suspect,
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
    world.until_it_waits();
    let changes = world.calls().iter().filter(|call| matches!(call, Call::Change(..))).count();
    if changes > 0 {
        world.fail(
            "Nothing had changed, and you told epoll so.",
            "3 short calls: no `change`",
            format_args!("{changes} × `change`"),
            "Each one is a system call in vain, with every call of every client. Compare what the connection wants with what the poller was last told.",
        );
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
            "A reply is half out, its reader is slow, and you never ask for room: the rest will never go.",
            "`change` to { read: false, write: true } after the turn, before the next `wait`",
            "no such call",
            "After each turn, look at `wants()`. If it is not what the poller was last told, tell it.",
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
            "The reply is out, and nobody asks for the next request.",
            "`change` back to { read: true, write: false }",
            "no such call",
            suspect,
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
    client.expect_the_end("The client said goodbye, and its connection is still open.", suspect);
    world.finish();
}

#[test]
fn a_connection_that_has_ended_is_not_watched_for_anything_new() {
    let (world, _) = start(Setup::default());
    let mut client = world.connect();
    // The goodbye comes before any byte of the reply is taken, so the turn that sends the last of the reply
    // finds the goodbye behind it: it begins with a wish for room, and ends the connection.
    client.send("big\n");
    client.say_goodbye();
    let because = "A goodbye ends the requests. The reply still goes out whole.";
    client.expect(&"x".repeat(BIG), "The client asked, said goodbye, and did not get its reply.", because);
    client.expect_the_end(
        "The client has its reply, and its connection is still open.",
        "Remove what has finished.",
    );
    if world.calls().iter().any(|call| matches!(call, Call::Change(_, wants) if *wants == READING)) {
        world.fail(
            "A turn ended the connection, and you had it watched for something new.",
            "after `Finished`: no `change`, the entry is removed",
            "`change` to { read: true, write: false } for a connection that has finished",
            "A system call in vain, for a socket that you are about to close. Look at what the turn gave before you look at `wants`.",
        );
    }
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
    client.expect_the_end("The client said goodbye, and its connection is still open.", suspect);
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
    first.expect_the_end("A goodbye was not answered.", because);
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
        world.fail(
            "A token was given out twice.",
            "a new token for each of 3 connections, and 0 for the listener",
            format_args!("{given:?}"),
            "A late event of the old connection would reach the new one, a stranger. Count up and never go back; the number of open connections is no token.",
        );
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
            "Two places, and a third client was let in.",
            "at most `limits.max_connections` at once; the next is refused",
            "`add` for a third connection",
            "Without the bound, strangers decide how many file handles you spend. Look at the number of connections before you make a new one.",
        );
    }
    let busy = "error busy no room for another connection, try again later";
    let when = "A client above the limit must learn at once that there is no place.";
    third.expect(busy, when, "`refuse` says it and closes.");
    world.until(|story| story.calls.last() == Some(&Call::Wait));
    check_rounds(&world, "You refused somebody, and left the others standing at the door.");
    first.say_goodbye();
    first.expect_the_end("A goodbye was not answered.", "Remove what has finished.");
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
        let noted = |story: &harness::Story| {
            let failed = |call: &Call| match faults.change {
                Some(_) => matches!(call, Call::Change(..)),
                None => matches!(call, Call::Add(1, _)),
            };
            story.calls.iter().any(failed) && story.calls.last() == Some(&Call::Wait)
        };
        world.until(noted);
        let when = "Nobody watches this connection, and it still holds its place: no turn will ever come.";
        world.connect().call("hello", "<hello>", when, suspect);
        let when = "A connection that could not be watched is still open.";
        unlucky.expect_the_end(when, suspect);
        world.finish();
    }
}

#[test]
fn the_error_of_wait_ends_the_loop() {
    let (world, _) = start(Setup::default());
    world.finish();
}
