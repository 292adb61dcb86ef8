//! # Spec of 01-05: a connection that never waits
//!
//! A non-blocking `read` has three good answers: some bytes, 0 (the end), and the error `WouldBlock`,
//! which is no error at all: "nothing now, ask again later". A non-blocking `write` may take all, a part,
//! or say `WouldBlock` too. Either can happen between any two bytes. Whatever was half done must be where
//! you left it when the next turn comes.
//!
//! Each test plays a peer with a script, so a pause happens exactly where the script has one.

use std::io::ErrorKind;
use std::sync::Mutex;

use spec_kit::{Failure, Input, ScriptedStream, hex_dump, within};
use would_block::{Connection, Finish, LINES_PER_TURN, MAX_LINE, READS_PER_TURN, Status, Wants};

const PAGE: &str = "chapter 1, \"A thread that never waits\"";
const READING: Wants = Wants { read: true, write: false };
const WRITING: Wants = Wants { read: false, write: true };
const PAUSE: Input = Input::Fails(ErrorKind::WouldBlock);
/// More turns than any script here needs. Who is still open after so many, makes no progress.
const TURNS: usize = 100;

type Plan = Result<usize, ErrorKind>;

fn peer(input: impl IntoIterator<Item = Input>, plan: impl IntoIterator<Item = Plan>) -> ScriptedStream {
    let mut stream = ScriptedStream::new(input);
    stream.write_plan.extend(plan);
    stream
}

/// Replies with `<request>`, so that a reply is never mistaken for a request.
fn brackets(request: &[u8]) -> Vec<u8> {
    [b"<", request, b">"].concat()
}

/// Turns until the connection ends; `None` when it never does.
fn turn_to_the_end(connection: &mut Connection<ScriptedStream>) -> Option<Finish> {
    (0..TURNS).find_map(|_| match connection.turn(&brackets) {
        Status::Finished(finish) => Some(finish),
        Status::Open => None,
    })
}

fn text(bytes: &[u8]) -> String {
    format!("{:?}", String::from_utf8_lossy(bytes))
}

fn lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte == b'\n').count()
}

/// The likely cause of wrong bytes: a second line end has a cause of its own.
fn cause<'a>(written: &[u8], otherwise: &'a str) -> &'a str {
    if written.windows(2).any(|pair| pair == b"\n\n") {
        "There is a `\\n` too many: `answer` gives the reply with its `\\n` already. Put it into `output` as it is."
    } else {
        otherwise
    }
}

/// The scripts say `WouldBlock` once and take everything afterwards, so a loop that asks again gets through.
/// A real stream would keep it there for as long as the peer likes.
fn check_writes(connection: &Connection<ScriptedStream>, expected: usize, script: &str) {
    let writes = connection.stream().writes;
    if writes > expected {
        Failure::new("`write` said `WouldBlock`, and your `write` asked again at once.")
            .expected(format_args!("{expected} × `write`: {script}"))
            .got(format_args!("{writes} × `write`"))
            .because("A loop that asks until there is room keeps the thread for a peer that does not read. End the turn; `wants` has you called when there is room.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn would_block_at_every_point_changes_nothing() {
    let (request, reply) = (b"one\ntwo\n", b"<one>\n<two>\n");
    for cut in 0..=request.len() {
        for taken in 0..=reply.len() {
            let (first, second) = request.split_at(cut);
            let input = [Input::bytes(first), PAUSE, Input::bytes(second), PAUSE];
            // The first reply is 6 bytes; a plan for the second begins where the first is out.
            let plan = match taken {
                0 => vec![Err(ErrorKind::WouldBlock)],
                1..=6 => vec![Ok(taken), Err(ErrorKind::WouldBlock)],
                _ => vec![Ok(6), Ok(taken - 6), Err(ErrorKind::WouldBlock)],
            };
            let mut connection = Connection::new(peer(input, plan));
            let end = turn_to_the_end(&mut connection);
            let written = &connection.stream().written;
            if end != Some(Finish::Closed) || written != reply {
                Failure::new("A pause in the wrong place changed what the peer got.")
                    .show("the script", format!(
                        "read  gives {} · WouldBlock · {} · WouldBlock · the end\nwrite takes {taken} bytes, then WouldBlock once",
                        text(first), text(second)
                    ))
                    .show("what your connection wrote", hex_dump(written, &[]))
                    .expected(format_args!("{}, then Finished(Closed)", text(reply)))
                    .got(format_args!("{}, then {end:?} (None: still open after {TURNS} turns)", text(written)))
                    .because(cause(written, "Whatever was half done when `WouldBlock` came must be where you left it: the half line in `input`, the rest of the reply in `output`, your place in `written`."))
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

#[test]
fn would_block_on_reading_is_no_failure() {
    let mut connection = Connection::new(peer([Input::bytes("he"), PAUSE, Input::bytes("llo\n"), PAUSE], []));
    let status = connection.turn(&brackets);
    let reads = connection.stream().reads;
    if reads != 2 {
        let (symptom, cause) = if reads > 2 {
            (
                "`read` said `WouldBlock`, and you asked again at once.",
                "Asking again in a loop burns the CPU that the other connections need. End the turn.",
            )
        } else {
            (
                "`read` brought some bytes, and you left without asking for more.",
                "Half a line is here, and the rest may be too. Only `WouldBlock` says that there is nothing now: read on until it comes, or until the bound of the turn.",
            )
        };
        Failure::new(symptom)
            .expected("2 reads: \"he\", then `WouldBlock`")
            .got(format_args!("{reads} in one turn"))
            .because(cause)
            .page(PAGE)
            .raise();
    }
    if status != Status::Open {
        Failure::new("The peer paused in the middle of a line, and you gave it up.")
            .expected("Open")
            .got(format_args!("{status:?}"))
            .because("`WouldBlock` from `read` says only \"nothing there now\". Keep the half line; the turn is over.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn would_block_on_writing_is_no_failure() {
    for (plan, writes, script) in [
        (vec![Err(ErrorKind::WouldBlock)], 1, "`WouldBlock`"),
        (vec![Ok(2), Err(ErrorKind::WouldBlock)], 2, "2 bytes, then `WouldBlock`"),
    ] {
        let mut connection = Connection::new(peer([Input::bytes("hello\n"), PAUSE], plan));
        let status = connection.turn(&brackets);
        check_writes(&connection, writes, script);
        if status != Status::Open {
            Failure::new("The peer had no room for all of its reply, and you gave it up.")
                .expected("Open")
                .got(format_args!("{status:?}"))
                .because("`WouldBlock` from `write` says only \"no room now\". Keep the rest in `output`; the turn is over.")
                .page(PAGE)
                .raise();
        }
        if connection.stream().writes < writes {
            Failure::new("The stream took a part of a reply, and you left without offering the rest.")
                .expected(format_args!("{writes} × `write` in this turn: {script}"))
                .got(format_args!("{} × `write`", connection.stream().writes))
                .because("There may be room for the rest at once. Only `WouldBlock` says that there is none: go on writing until it comes, or until all is out.")
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn two_lines_in_one_read_get_two_replies() {
    let mut connection = Connection::new(peer([Input::bytes("one\ntwo\n"), PAUSE], []));
    let status = connection.turn(&brackets);
    let written = &connection.stream().written;
    if status != Status::Open || written != b"<one>\n<two>\n" {
        Failure::new("Two requests came in one piece, and not both were answered in the same turn.")
            .expected("\"<one>\\n<two>\\n\", then Open")
            .got(format_args!("{}, then {status:?}", text(written)))
            .because(cause(written, "Take the next line before you read again. The second request has left the kernel already, so no event will ever remind you of it."))
            .page(PAGE)
            .raise();
    }
}

#[test]
fn no_reply_is_sent_twice() {
    let plan = [Ok(2), Err(ErrorKind::WouldBlock), Ok(1), Err(ErrorKind::WouldBlock)];
    let mut connection = Connection::new(peer([Input::bytes("hello\n"), PAUSE, PAUSE, PAUSE, PAUSE], plan));
    for _ in 0..4 {
        connection.turn(&brackets);
    }
    let written = &connection.stream().written;
    if written != b"<hello>\n" {
        Failure::new("The stream took a reply in parts, and the peer got something else.")
            .show("the stream took 2 bytes, WouldBlock, 1 byte, WouldBlock, the rest; in all", hex_dump(written, &[]))
            .expected("\"<hello>\\n\", each byte once")
            .got(text(written))
            .because(cause(written, "`write` says how many bytes it took, on every call. Count them in `written`, go on from there, and set it back only when all of `output` is out."))
            .page(PAGE)
            .raise();
    }
}

#[test]
fn the_rest_of_a_reply_goes_out_before_anything_else() {
    let input = [Input::bytes("one\ntwo\n"), PAUSE, Input::bytes("three\n"), PAUSE];
    let plan = [Ok(2), Err(ErrorKind::WouldBlock)];
    let mut connection = Connection::new(peer(input, plan));
    connection.turn(&brackets);
    connection.turn(&brackets);
    let written = connection.stream().written.clone();
    if !written.starts_with(b"<one>\n") {
        Failure::new("A new reply cut in before the rest of the old one was out.")
            .show("the peer reads", hex_dump(&written, &[]))
            .expected("\"<one>\\n\" first, whole")
            .got(text(&written))
            .because("A turn begins with `flush`: the rest of `output` goes first, and only then comes the next line.")
            .page(PAGE)
            .raise();
    }
    if !written.starts_with(b"<one>\n<two>\n") {
        Failure::new("A request that waited behind a slow reply was forgotten.")
            .expected("\"<one>\\n<two>\\n…\" after the second turn")
            .got(text(&written))
            .because(cause(&written, "The line was in `input` when the first turn ended. When the reply is out, look there before you read."))
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_peer_that_takes_no_replies_gets_no_new_ones() {
    let requests = (0..1000).map(|_| Input::bytes("hello\nhello\n"));
    let mut connection = Connection::new(peer(requests, [Err(ErrorKind::WouldBlock); TURNS]));
    let asked = Mutex::new(0);
    let service = |request: &[u8]| {
        *asked.lock().expect("nobody panics with it") += 1;
        brackets(request)
    };
    for turn in 1..=TURNS {
        let status = connection.turn(&service);
        let (asked, reads) = (*asked.lock().expect("nobody panics with it"), connection.stream().reads);
        // One `write` for each request, read and turn is going on; more than that is asking again.
        if connection.stream().writes > asked + reads + turn {
            check_writes(&connection, turn, "each turn so far had one `WouldBlock`");
        }
        if status != Status::Open || asked != 1 || reads != 1 {
            Failure::new("The peer takes no reply, and you go on working for it.")
                .expected("after any number of turns: Open, 1 read, 1 request run, 1 reply waiting")
                .got(format_args!("after turn {turn}: {status:?}, {reads} reads, {asked} requests run"))
                .because("This peer decides how much memory you spend: its requests and replies pile up in `input` and `output`. While a reply waits, take no further line and read nothing. The kernel's buffers fill up, TCP tells the peer to stop, and that is back-pressure.")
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_peer_that_never_pauses_gives_the_others_their_turn() {
    let mut connection = Connection::new(peer((0..1000).map(|_| Input::bytes("hi\n")), []));
    let status = connection.turn(&brackets);
    let reads = connection.stream().reads;
    if status != Status::Open || reads != READS_PER_TURN {
        Failure::new("The peer always has something to read. How long is its turn?")
            .expected(format_args!("Open after {READS_PER_TURN} reads (READS_PER_TURN)"))
            .got(format_args!("{status:?} after {reads} reads"))
            .because("Count the reads of a turn. Without that bound one busy peer keeps the thread for itself; with a smaller one, every peer pays for more turns than it needs.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn the_last_read_of_a_turn_is_answered_too() {
    const PIECES: usize = 1000;
    let mut connection = Connection::new(peer((0..PIECES).map(|_| Input::bytes("hi\nho\n")), []));
    connection.turn(&brackets);
    let written = &connection.stream().written;
    let requests = 2 * PIECES - lines(&connection.stream().unread());
    let replies = written.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()).count();
    if replies != requests {
        Failure::new("The turn ended with whole requests left in `input`.")
            .expected(format_args!("{requests} replies: so many requests were read, two with each `read`"))
            .got(format_args!("{replies} replies"))
            .because("Those bytes have left the kernel, so it will never call you for them: if the peer now waits for its reply, it waits for ever. Count to the limit where you read, and answer what is there before you leave.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn many_small_calls_are_a_turn_too() {
    let calls = 2 * LINES_PER_TURN + LINES_PER_TURN / 2;
    // One `read` brings them all.
    let mut connection = Connection::new(peer([Input::bytes("\n".repeat(calls)), PAUSE], []));
    for turn in 1..=3 {
        let status = connection.turn(&brackets);
        let (replies, expected) = (lines(&connection.stream().written), calls.min(turn * LINES_PER_TURN));
        if status != Status::Open || replies != expected {
            Failure::new(format_args!("{calls} empty lines came in one `read`. How long is a turn?"))
                .expected(format_args!(
                    "Open after {expected} replies in turn {turn} ({LINES_PER_TURN} a turn: LINES_PER_TURN)"
                ))
                .got(format_args!("{status:?} after {replies} replies"))
                .because(cause(&connection.stream().written, "A bound on reads is no bound on work: 16 reads can bring 65,536 empty lines, and each is a call and a `write`. Count the lines of a turn, from 0 in each turn, and leave the rest in `input`."))
                .page(PAGE)
                .raise();
        }
        let (wants, expected) = (connection.wants(), if turn < 3 { WRITING } else { READING });
        if wants != expected {
            let cause = if turn < 3 {
                "The lines that are left have left the kernel, so asking for bytes brings nothing. Set `more`, and ask for room: it is there, and you are called at once."
            } else {
                "Nothing is left to do, and you still ask for room, which is always there: the loop spins. `more` is true only when the turn that has ended stopped at its bound."
            };
            Failure::new(format_args!("The poller waits for the wrong thing after turn {turn}."))
                .expected(format_args!("{expected:?}: {} lines are left", calls - replies))
                .got(format_args!("{wants:?}"))
                .because(cause)
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn goodbye_between_two_lines() {
    let mut connection = Connection::new(peer([Input::bytes("hi\n")], []));
    let end = turn_to_the_end(&mut connection);
    let written = &connection.stream().written;
    if end != Some(Finish::Closed) || written != b"<hi>\n" {
        Failure::new("The peer asked, closed its side, and waits for the reply. A normal goodbye.")
            .expected("\"<hi>\\n\", then Finished(Closed)")
            .got(format_args!("{}, then {end:?}", text(written)))
            .because(cause(written, "`read` returned 0 and no half line is in `input`: nothing was lost."))
            .page(PAGE)
            .raise();
    }
}

#[test]
fn half_a_line_and_then_the_end_is_not_run() {
    let asked = Mutex::new(Vec::new());
    let service = |request: &[u8]| {
        asked.lock().expect("nobody panics with it").push(text(request));
        Vec::new()
    };
    let mut connection = Connection::new(peer([Input::bytes("place_order 1"), PAUSE], []));
    connection.turn(&service);
    let status = connection.turn(&service);
    let asked = asked.lock().expect("nobody panics with it");
    if !asked.is_empty() {
        Failure::new("Half a request was run.")
            .expected("the service is not asked: the peer may have meant \"place_order 12 mice\"")
            .got(format_args!("it was asked {}", asked.join(", ")))
            .because("Only the `\\n` makes a line whole. The end of the stream does not.")
            .page(PAGE)
            .raise();
    }
    if status != Status::Finished(Finish::CutOff) {
        Failure::new("The peer vanished in the middle of a line, and you call it something else.")
            .expected("Finished(CutOff)")
            .got(format_args!("{status:?}"))
            .because("`read` returned 0 while `input` held an unfinished line.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_reset_ends_the_connection() {
    let reset = ErrorKind::ConnectionReset;
    let pipe = ErrorKind::BrokenPipe;
    let cases: [(&str, Vec<Input>, Vec<Plan>); 3] = [
        ("`read` fails with ConnectionReset", vec![Input::bytes("hi\n"), Input::Fails(reset)], vec![]),
        ("`write` fails with BrokenPipe", vec![Input::bytes("hi\n"), PAUSE], vec![Err(pipe)]),
        ("`write` takes 0 bytes", vec![Input::bytes("hi\n"), PAUSE], vec![Ok(0)]),
    ];
    for (what, input, plan) in cases {
        let status = Connection::new(peer(input, plan)).turn(&brackets);
        if status != Status::Finished(Finish::Vanished) {
            Failure::new(format_args!("{what}: nobody is there any more, and you stay."))
                .expected("Finished(Vanished)")
                .got(format_args!("{status:?}"))
                .because("`WouldBlock` means \"later\" and `Interrupted` means \"again\". Everything else is the end of this connection.")
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_signal_is_no_failure() {
    let signal = Input::Fails(ErrorKind::Interrupted);
    let input = [signal.clone(), Input::bytes("hello\n"), signal, PAUSE];
    let plan = [Err(ErrorKind::Interrupted), Ok(3), Err(ErrorKind::Interrupted)];
    let mut connection = Connection::new(peer(input, plan));
    let status = connection.turn(&brackets);
    let written = &connection.stream().written;
    if status != Status::Open || written != b"<hello>\n" {
        Failure::new("Signals arrived during `read` and `write`, and the call suffered.")
            .expected("\"<hello>\\n\", then Open, in one turn")
            .got(format_args!("{}, then {status:?}", text(written)))
            .because(cause(
                written,
                "`Interrupted` says only that a signal came in between. Try the same call again, at once.",
            ))
            .page(PAGE)
            .raise();
    }
}

#[test]
fn wants_tells_the_poller_what_to_wait_for() {
    let check = |when: &str, got: Wants, expected: Wants| {
        if got == expected {
            return;
        }
        let cause = match (got.write, expected.write) {
            (true, false) => {
                "A socket almost always has room. Who asks for room with nothing to write is called at once, again and again: the loop spins."
            }
            (false, true) => {
                "Nobody will call you when the stream has room again: the rest of the reply never goes out."
            }
            _ => {
                "Who waits for room may not read (back-pressure); asked for bytes that you will not take, the poller calls you again and again."
            }
        };
        Failure::new(format_args!("The poller waits for the wrong thing {when}."))
            .expected(format_args!("{expected:?}"))
            .got(format_args!("{got:?}"))
            .because(cause)
            .page(PAGE)
            .raise();
    };
    for (plan, when) in [
        (vec![Ok(2), Err(ErrorKind::WouldBlock)], "while the rest of a reply is waiting"),
        (vec![Err(ErrorKind::WouldBlock)], "while a reply is waiting of which not one byte is out"),
    ] {
        let writes = plan.len();
        let mut connection = Connection::new(peer([Input::bytes("hello\n"), PAUSE, PAUSE], plan));
        check("before the first byte", connection.wants(), READING);
        connection.turn(&brackets);
        check_writes(&connection, writes, "the last of them had `WouldBlock`");
        check(when, connection.wants(), WRITING);
        connection.turn(&brackets);
        check("after the reply is out", connection.wants(), READING);
    }
}

#[test]
fn a_line_above_the_limit_gets_its_answer_before_the_end() {
    let long = vec![b'x'; MAX_LINE + 1];
    let plan = [Ok(5), Err(ErrorKind::WouldBlock)];
    let mut connection = Connection::new(peer([Input::bytes(long), Input::bytes("\nhi\n")], plan));
    let (statuses, written) = within("a line above the limit is refused", move || {
        let first = connection.turn(&brackets);
        check_writes(&connection, 2, "5 bytes, then `WouldBlock`");
        let statuses = [first, connection.turn(&brackets)];
        (statuses, connection.stream().written.clone())
    });
    let expected = "error too-long a line is longer than 8192 bytes\n";
    if statuses != [Status::Open, Status::Finished(Finish::TooLong)] || written != expected.as_bytes() {
        Failure::new("A line above the limit: say so, then end. The stream took the reply in two parts.")
            .expected(format_args!("Open, then Finished(TooLong), and the peer reads {expected:?}"))
            .got(format_args!("{statuses:?}, and the peer reads {}", text(&written)))
            .because("`refuse` puts the last reply into `output` and sets `finish`. Then nothing more is read or answered; when `output` is out, `turn` ends the connection.")
            .page(PAGE)
            .raise();
    }
}
