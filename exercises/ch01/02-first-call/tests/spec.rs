//! # Spec of 01-02: first call
//!
//! A line protocol is the smallest agreement with which two programs can call each other: a message is
//! everything up to `\n`. The stream below knows nothing of it. It hands out half a line, or three lines
//! at once, and it takes half a reply when you offer a whole one. So both ends must keep three promises:
//! read until the line is whole, keep what belongs to the next one, and write all of it, `\n` included.
//!
//! All tests but the last play the other end with a script: these pieces, this end. The last one makes a
//! real call over a real socket.

mod harness;

use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use ch01_raw_tcp::{OrderBook, OrderDispatcher, Service};
use first_call::{Connection, LineError};
use harness::{Diary, LIMIT, count_lines, echo, read_all, shown, text};
use spec_kit::{Failure, Input, ScriptedStream, hex_dump, within};

const PAGE: &str = "chapter 1, \"A first call\"";

// ---- reading a line ----

#[test]
fn a_line_in_pieces() {
    let stream = b"one\n\nthree and more\n";
    for size in 1..=stream.len() {
        let mut peer = ScriptedStream::in_pieces(stream, size);
        let (lines, end) = read_all(&mut peer, 5);
        if lines != ["one", "", "three and more"] || end != "None" {
            Failure::new("The same bytes, cut differently, gave you other lines.")
                .show(format_args!("sent in pieces of {size} byte(s)"), hex_dump(stream, &[]))
                .expected("[\"one\", \"\", \"three and more\"], then None")
                .got(format_args!("{lines:?}, then {end}"))
                .because(
                    "What one `read` brings is a piece, not a line. Keep pieces until the `\\n` is there; a line \
                     without bytes is a line, too.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn two_requests_in_one_read() {
    let mut peer = ScriptedStream::new([Input::bytes("first\nsecond\nthi"), Input::bytes("rd\n")]);
    let (lines, end) = read_all(&mut peer, 4);
    if lines != ["first", "second", "third"] || end != "None" {
        Failure::new("Lines vanished.")
            .show(
                "the first piece (16 bytes)",
                hex_dump(
                    b"first\nsecond\nthi",
                    &[(6..7, "a second line begins here"), (13..14, "and a third")],
                ),
            )
            .expected("[\"first\", \"second\", \"third\"], then None")
            .got(format_args!("{lines:?}, then {end}"))
            .because(
                "You handed out one line and dropped what came behind it. The rest belongs to the next line: \
                 keep it, and look there before you read again.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn half_a_line_then_the_end() {
    let mut peer = ScriptedStream::new([Input::bytes("place_order 1 keyb"), Input::bytes("oa")]);
    let result = Connection::new(&mut peer, LIMIT).read_line();
    if !matches!(result, Err(LineError::CutOff { got: 20 })) {
        Failure::new("The peer died in the middle of a line, and your caller would not know.")
            .expected("Err(CutOff { got: 20 })")
            .got(shown(&result))
            .because(
                "`read` returned 0 while an unfinished line was waiting. \"place_order 1 keyboa\" may have been \
                 meant to be \"place_order 1 keyboard\"; nobody must act on it.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn the_end_between_two_lines_is_a_goodbye() {
    let mut peer = ScriptedStream::new([Input::bytes("bye\n")]);
    let (lines, end) = read_all(&mut peer, 2);
    if lines != ["bye"] || end != "None" {
        Failure::new("The peer finished its line and left. That is no accident.")
            .expected("[\"bye\"], then None")
            .got(format_args!("{lines:?}, then {end}"))
            .because("`read` returned 0 and no byte of a next line had arrived: nothing was cut off.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn only_the_line_end_is_taken_off() {
    let mut peer = ScriptedStream::new([Input::bytes("say_hello Ann \r\n"), Input::bytes(" \n")]);
    let (lines, end) = read_all(&mut peer, 3);
    if lines != ["say_hello Ann ", " "] || end != "None" {
        Failure::new("A line came out changed.")
            .show("sent", hex_dump(b"say_hello Ann \r\n \n", &[(14..16, "the end of the line"), (17..18, "and another")]))
            .expected("[\"say_hello Ann \", \" \"], then None")
            .got(format_args!("{lines:?}, then {end}"))
            .because(
                "Take off the `\\n`, and one `\\r` before it (`telnet` sends both). A space is content: trimming \
                 changes the message.",
            )
            .page(PAGE)
            .raise();
    }
    let mut peer = ScriptedStream::new([Input::bytes("a\rb\r\r\n")]);
    let (lines, end) = read_all(&mut peer, 2);
    if lines != ["a\rb\r"] || end != "None" {
        Failure::new("More than one `\\r` belonged to the end of a line, or one in its middle did.")
            .show(
                "sent",
                hex_dump(
                    b"a\rb\r\r\n",
                    &[(1..2, "content"), (3..4, "content"), (4..6, "the end of the line")],
                ),
            )
            .expected("[\"a\\rb\\r\"], then None")
            .got(format_args!("{lines:?}, then {end}"))
            .because(
                "Only the `\\r` directly before the `\\n` is part of the line's end: take off one, at most.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn one_read_for_each_piece() {
    let mut peer = ScriptedStream::new([Input::bytes("one\ntwo\n"), Input::bytes("three\n")]);
    let (lines, end) = read_all(&mut peer, 3);
    if peer.reads != 2 {
        Failure::new("You ask the stream more often than it has something to say.")
            .show("sent", "\"one\\ntwo\\n\" in one piece, then \"three\\n\"")
            .expected("three lines after 2 reads")
            .got(format_args!("{lines:?}, then {end}, after {} reads", peer.reads))
            .because(
                "On a socket each `read` is a system call, and it waits. Ask for `CHUNK` bytes, and only when no \
                 whole line is there.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_line_of_exactly_the_limit() {
    let mut peer = ScriptedStream::new([Input::bytes("12345678\n")]);
    let result = Connection::new(&mut peer, 8).read_line();
    if !matches!(&result, Ok(Some(line)) if line == b"12345678") {
        Failure::new("A line as long as it may be was refused.")
            .expected("8 bytes, with a limit of 8")
            .got(shown(&result))
            .because("The limit counts what stands before the `\\n`, and the limit itself is allowed.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_whole_line_above_the_limit() {
    let mut peer = ScriptedStream::new([Input::bytes("123456789\n")]);
    let result = Connection::new(&mut peer, 8).read_line();
    if !matches!(result, Err(LineError::TooLong { limit: 8 })) {
        Failure::new("A line above the limit came through because it arrived in one piece.")
            .expected("Err(TooLong { limit: 8 }) for 9 bytes")
            .got(shown(&result))
            .because("Check the length of a finished line too, not only of one that is still growing.")
            .page(PAGE)
            .raise();
    }
    for (sent, allowed) in [("1234567\r\n", true), ("12345678\r\n", false)] {
        let mut peer = ScriptedStream::new([Input::bytes(sent)]);
        let result = Connection::new(&mut peer, 8).read_line();
        let as_promised = match &result {
            Ok(Some(line)) => allowed && line == b"1234567",
            Err(LineError::TooLong { limit: 8 }) => !allowed,
            _ => false,
        };
        if !as_promised {
            Failure::new(format_args!("The limit is 8, and {sent:?} was measured wrongly."))
                .expected(if allowed { "Ok(Some(\"1234567\"))" } else { "Err(TooLong { limit: 8 })" })
                .got(shown(&result))
                .because("The limit counts all that stands before the `\\n`. The `\\r` is one byte of it.")
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn an_endless_line_is_refused_early() {
    let mut peer = ScriptedStream::in_pieces([b'x'; 4000], 4);
    let result = Connection::new(&mut peer, 8).read_line();
    let taken = 4000 - peer.unread().len();
    // The limit, and the piece that went over it.
    if !matches!(result, Err(LineError::TooLong { limit: 8 })) || taken > 8 + 4 {
        Failure::new("A stranger who never sends `\\n` decides how much memory you take.")
            .show("sent", "4000 times \"x\", four at a time, and no `\\n`; the limit is 8")
            .expected("Err(TooLong { limit: 8 }) after at most 12 bytes")
            .got(format_args!("{} after {taken} bytes", shown(&result)))
            .because(
                "Compare what has arrived with the limit after every piece, before you read the next one.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_signal_is_no_failure() {
    let mut peer = ScriptedStream::new([
        Input::Fails(ErrorKind::Interrupted),
        Input::bytes("hel"),
        Input::Fails(ErrorKind::Interrupted),
        Input::bytes("lo\n"),
    ]);
    let result = Connection::new(&mut peer, LIMIT).read_line();
    if !matches!(&result, Ok(Some(line)) if line == b"hello") {
        Failure::new("A signal arrived during `read`, and the line was given up.")
            .expected("Ok(Some(\"hello\"))")
            .got(shown(&result))
            .because("`ErrorKind::Interrupted`: no byte was lost, as in 01-01. Read again.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_broken_connection_says_so() {
    use ErrorKind::{ConnectionReset, Other, TimedOut, WouldBlock};
    for kind in [ConnectionReset, WouldBlock, TimedOut, Other] {
        for before in ["", "hel"] {
            // The rest of the line behind the failure shows whether you read on after it.
            let mut peer =
                ScriptedStream::new([Input::bytes(before), Input::Fails(kind), Input::bytes("lo\n")]);
            let result = Connection::new(&mut peer, LIMIT).read_line();
            let cause = match &result {
                Err(LineError::Io(source)) if source.kind() == kind => continue,
                Ok(Some(_)) => {
                    "You read again. Only `Interrupted` asks for that; after another error the next `read` may fail \
                     in the same way, at once, for ever."
                }
                Ok(None) | Err(LineError::CutOff { .. }) => {
                    "`None` and `CutOff` are for a `read` that returned 0: the peer ended the stream. Here `read` \
                     returned an error, and what the peer meant nobody knows."
                }
                Err(_) => "Every error but `Interrupted` ends the connection. Hand it on as it came.",
            };
            Failure::new("The connection failed; the caller learns something else.")
                .show("`read` brought", format_args!("{before:?}, then Err({kind:?})"))
                .expected(format_args!("Err(Io({kind:?}))"))
                .got(shown(&result))
                .because(cause)
                .page(PAGE)
                .raise();
        }
    }
}

// ---- writing a line ----

#[test]
fn a_line_and_its_end_in_one_write() {
    let mut peer = ScriptedStream::default();
    let result = Connection::new(&mut peer, LIMIT).write_line(b"say_hello world");
    if result.is_err() || peer.written != b"say_hello world\n" {
        Failure::new("What left you is not the line.")
            .show("written", hex_dump(&peer.written, &[]))
            .expected("\"say_hello world\\n\"")
            .got(format_args!("{result:?}, {:?}", text(&peer.written)))
            .because(
                "The other end waits for `\\n`. Without it your line is never whole, and both wait for ever.",
            )
            .page(PAGE)
            .raise();
    }
    if peer.writes != 1 {
        Failure::new("The `\\n` travelled alone.")
            .expected("1 write of 16 bytes")
            .got(format_args!("{} writes", peer.writes))
            .because(
                "Two small writes become two packets, and the second may wait some 40 ms for the first to be \
                 acknowledged. Put the line and its `\\n` together, then write.",
            )
            .page("chapter 1, \"Long connections and forty milliseconds\"")
            .raise();
    }
}

#[test]
fn short_writes() {
    let mut peer = ScriptedStream::default();
    peer.write_plan.extend([Ok(3), Err(ErrorKind::Interrupted), Ok(1), Ok(4)]);
    let result = Connection::new(&mut peer, LIMIT).write_line(b"say_hello world");
    if result.is_err() || peer.written != b"say_hello world\n" {
        Failure::new("The stream took a part of the line, and the rest was never sent.")
            .show("written", hex_dump(&peer.written, &[]))
            .expected("\"say_hello world\\n\"")
            .got(format_args!("{result:?}, {:?}", text(&peer.written)))
            .because(
                "`write` returns how many bytes it took, like `read`. A full send buffer takes less than you \
                 offer. `write_all` goes on until everything is out.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn nothing_is_held_back() {
    let mut peer = Diary::new([Input::bytes("ok\n")]);
    let result = Connection::new(&mut peer, LIMIT).call(b"get_order 1");
    let before = peer.reads.first().map(|read| text(&peer.written[..read.flushed]));
    if before.as_deref() != Some("get_order 1\n") {
        Failure::new("You wait for the reply to a request that has not left you.")
            .show("the stream", "keeps what you write in a buffer of its own, as a `BufWriter` does")
            .expected("Some(\"get_order 1\\n\") sent before the first `read`")
            .got(format_args!("{before:?} sent; the call gave {:?}", result.map(|reply| text(&reply))))
            .because("Nobody can answer what nobody has received. `flush` pushes it out.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn what_is_no_line_is_not_sent() {
    let mut peer = ScriptedStream::new([Input::bytes("ok\n")]);
    let result = Connection::new(&mut peer, LIMIT).call(b"say_hello Ann\nplace_order 1 car");
    if !matches!(result, Err(LineError::NotALine)) || !peer.written.is_empty() {
        Failure::new("One request went out and would arrive as two.")
            .show("written", hex_dump(&peer.written, &[(13..14, "here the server sees the end of a request")]))
            .expected("Err(NotALine), and nothing written")
            .got(format_args!("{result:?}, {} bytes written", peer.written.len()))
            .because("Whoever may choose the name \"Ann\\nplace_order 1 car\" may order a car. Look for `\\n` first.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn what_is_too_long_is_not_sent() {
    for (line, allowed) in [("12345678", true), ("123456789", false)] {
        let mut peer = ScriptedStream::default();
        let result = Connection::new(&mut peer, 8).write_line(line.as_bytes());
        let as_promised = match result {
            Ok(()) => allowed,
            Err(LineError::TooLong { limit: 8 }) => !allowed && peer.written.is_empty(),
            _ => false,
        };
        if !as_promised {
            Failure::new(format_args!("A line of {} bytes met a limit of 8.", line.len()))
                .expected(if allowed {
                    "Ok(()): the limit itself is allowed"
                } else {
                    "Err(TooLong { limit: 8 }), and nothing written"
                })
                .got(format_args!("{result:?}, {} bytes written", peer.written.len()))
                .because("The other end has the same limit. What it would refuse is not worth sending.")
                .page(PAGE)
                .raise();
        }
    }
}

// ---- calling and serving ----

#[test]
fn a_reply_in_pieces() {
    let mut peer = ScriptedStream::in_pieces("ok Hello world\nok Hello moon\n", 4);
    let mut connection = Connection::new(&mut peer, LIMIT);
    let replies = [connection.call(b"say_hello world"), connection.call(b"say_hello moon")];
    if !matches!(&replies, [Ok(one), Ok(two)] if one == b"ok Hello world" && two == b"ok Hello moon") {
        Failure::new("Two calls over one connection, and a caller got the wrong reply.")
            .expected("\"ok Hello world\", then \"ok Hello moon\"")
            .got(format_args!("{:?}", replies.map(|reply| reply.map(|line| text(&line)))))
            .because("A call is one line there and one line back; the next reply stays for the next call.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn no_reply_is_not_an_empty_reply() {
    let mut peer = ScriptedStream::new([]);
    let result = Connection::new(&mut peer, LIMIT).call(b"place_order 1 keyboard");
    if !matches!(result, Err(LineError::NoReply)) {
        Failure::new("The server left without a word, and the caller takes that for an answer.")
            .expected("Err(NoReply)")
            .got(format_args!("{result:?}"))
            .because(
                "The order may have been placed, or not. Only an error tells the caller that nobody knows.",
            )
            .page(PAGE)
            .raise();
    }
    let mut peer = ScriptedStream::new([Input::bytes("\n")]);
    let result = Connection::new(&mut peer, LIMIT).call(b"place_order 1 keyboard");
    if !matches!(&result, Ok(reply) if reply.is_empty()) {
        Failure::new("The server replied with an empty line, and the caller is told something else.")
            .expected("Ok(\"\")")
            .got(format_args!("{:?}", result.map(|reply| text(&reply))))
            .because(
                "An empty line came whole, with its `\\n`: it is a reply. `None` is the one that is not.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_call_that_fails_says_how() {
    let request = "place_order 1 keyboard";
    for (what, input, write, expected) in [
        ("the reply ends after \"ok\"", vec![Input::bytes("ok")], Ok(64), "CutOff { got: 2 }"),
        ("`read` fails", vec![Input::Fails(ErrorKind::ConnectionReset)], Ok(64), "Io(Kind(ConnectionReset))"),
        ("`write` fails", vec![Input::bytes("ok\n")], Err(ErrorKind::BrokenPipe), "Io(Kind(BrokenPipe))"),
        (
            "the reply has 65 bytes, the limit is 64",
            vec![Input::bytes([b'x'; 65])],
            Ok(64),
            "TooLong { limit: 64 }",
        ),
    ] {
        let mut peer = ScriptedStream::new(input);
        peer.write_plan.push_back(write);
        let result = Connection::new(&mut peer, LIMIT).call(request.as_bytes()).map(|reply| text(&reply));
        if !matches!(&result, Err(error) if format!("{error:?}") == expected) {
            Failure::new("A call failed, and its caller is told something else.")
                .show("what happened", what)
                .expected(format_args!("Err({expected})"))
                .got(format_args!("{result:?}"))
                .because(
                    "`NoReply` is for a server that left between two lines. Hand on every other failure as \
                     `write_line` and `read_line` gave it to you.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn every_line_is_answered_in_order() {
    let mut peer = Diary::new([Input::bytes("a\n\nc"), Input::bytes("\n")]);
    let result = Connection::new(&mut peer, LIMIT).serve(&echo);
    if result.is_err() || peer.written != b"you said a\nyou said \nyou said c\n" {
        Failure::new("Three requests came, then the client left, and the replies are not theirs.")
            .show("sent by the client", "\"a\\n\\nc\", \"\\n\", then it left")
            .expected("Ok(()) and \"you said a\\nyou said \\nyou said c\\n\"")
            .got(format_args!("{result:?} and {:?}", text(&peer.written)))
            .because(
                "Serve until `read_line` says that the peer has left: not for one request only, not up to an empty \
                 line (it is a request like any other), and not for requests that never came.",
            )
            .page(PAGE)
            .raise();
    }
    // Whoever has been handed n line ends must have written n replies before the next `read`.
    for read in &peer.reads {
        let requests = &b"a\n\nc\n"[..read.received];
        let replies = &peer.written[..read.written];
        if count_lines(replies) < count_lines(requests) {
            Failure::new("The server holds replies back while it waits for more requests.")
                .show("arrived", format_args!("{:?}", text(requests)))
                .expected("a reply to every whole line is out before the next `read`")
                .got(format_args!("{:?}", text(replies)))
                .because(
                    "The client may send its next request only after this reply: then both wait for ever.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn serving_tells_how_it_ended() {
    let reset = || Input::Fails(ErrorKind::ConnectionReset);
    for (what, input, expected) in [
        (
            "cut off in the middle of its second request",
            vec![Input::bytes("a\nplace_ord")],
            "CutOff { got: 9 }",
        ),
        ("reset between two requests", vec![Input::bytes("a\n"), reset()], "Io(Kind(ConnectionReset))"),
        (
            "reset in the middle of its second request",
            vec![Input::bytes("a\npl"), reset()],
            "Io(Kind(ConnectionReset))",
        ),
        (
            "sends a line above the limit",
            vec![Input::bytes("a\n"), Input::bytes([b'x'; 65])],
            "TooLong { limit: 64 }",
        ),
    ] {
        let mut peer = ScriptedStream::new(input);
        let result = Connection::new(&mut peer, LIMIT).serve(&echo);
        if !matches!(&result, Err(error) if format!("{error:?}") == expected) {
            Failure::new("The connection ended badly, and nobody learns how.")
                .show("the client", format_args!("sends \"a\\n\", is answered, then: {what}"))
                .expected(format_args!("Err({expected})"))
                .got(format_args!("{result:?}"))
                .because(
                    "Hand on the error that `read_line` gave you. `Ok(())` is for a client that left between two lines.",
                )
                .page(PAGE)
                .raise();
        }
        if peer.written != b"you said a\n" {
            Failure::new("The server sent something that is no reply to a whole line.")
                .show("the client", format_args!("sends \"a\\n\", is answered, then: {what}"))
                .expected("only \"you said a\\n\" was written")
                .got(format_args!("{:?} was written", text(&peer.written)))
                .because("Answer whole lines only, and add no words of your own: whoever called `serve` gets the error.")
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_reply_that_cannot_be_sent_ends_it() {
    let long = |_: &[u8]| vec![b'x'; 65];
    let two_lines = |_: &[u8]| b"ok\nok".to_vec();
    let cases: [(_, &dyn Service, _, _); 3] = [
        ("`write` fails", &echo, Err(ErrorKind::BrokenPipe), "Io(Kind(BrokenPipe))"),
        ("the reply has a `\\n` inside", &two_lines, Ok(64), "NotALine"),
        ("the reply has 65 bytes, the limit is 64", &long, Ok(64), "TooLong { limit: 64 }"),
    ];
    for (what, service, write, expected) in cases {
        let mut peer = ScriptedStream::new([Input::bytes("a\nb\n")]);
        peer.write_plan.push_back(write);
        let calls = AtomicUsize::new(0);
        let counting = |request: &[u8]| {
            calls.fetch_add(1, SeqCst);
            service.call(request)
        };
        let result = Connection::new(&mut peer, LIMIT).serve(&counting);
        let calls = calls.load(SeqCst);
        if !matches!(&result, Err(error) if format!("{error:?}") == expected) || calls != 1 {
            Failure::new("A reply could not be sent, and the server goes on as if it had been.")
                .show("what happened", format_args!("the client sends \"a\\nb\\n\"; {what}"))
                .expected(format_args!("Err({expected}) after 1 call of the service"))
                .got(format_args!("{result:?} after {calls}, {:?} written", text(&peer.written)))
                .because(
                    "The client counts: one reply for each line. If one is left out it waits for ever, or takes the \
                     next reply for this one. Hand on the error of `write_line`.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_real_call_over_a_real_socket() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("this machine has a free port");
    let address = listener.local_addr().expect("a bound listener has an address");
    std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a client is on its way");
        let service = OrderDispatcher::<OrderBook>::default();
        Connection::new(stream, LIMIT).serve(&service)
    });
    let replies = within("calling over a socket", move || {
        let stream = TcpStream::connect(address).expect("the listener is there");
        stream.set_read_timeout(Some(Duration::from_secs(5))).expect("5 s is a valid time-out");
        let mut client = Connection::new(stream, LIMIT);
        ["say_hello world", "place_order 2 blue keyboard", "get_order 1"]
            .map(|request| client.call(request.as_bytes()).map(|reply| text(&reply)))
    });
    let got: Vec<_> = replies.iter().map(|reply| reply.as_deref().unwrap_or("no reply")).collect();
    if got != ["ok Hello world", "ok 1", "ok 2 blue keyboard"] {
        Failure::new("Two programs on one machine, and the call did not come through.")
            .show("what the client got", format_args!("{replies:#?}"))
            .expected("[\"ok Hello world\", \"ok 1\", \"ok 2 blue keyboard\"]")
            .got(format_args!("{got:?}"))
            .because("`WouldBlock` or `TimedOut` here means that the client waited 5 s for a reply that never came.")
            .page(PAGE)
            .raise();
    }
}
