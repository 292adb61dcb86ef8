//! # Spec of 02-04: refuse hostile lengths
//!
//! A body length is four bytes that a stranger wrote. If you take memory because it says so, 24 bytes cost the
//! stranger nothing and you 8 MiB; a thousand such connections are 8 GiB. So there are two questions. May a frame be
//! that long at all? And if it may: how much of it has really come?
//!
//! The tests count every byte of memory that your function takes, and note how much room it offers to each
//! `read`. They do not look at how long anything lasts.

mod harness;

use std::io::ErrorKind;

use ch02_protocol::{DecodeError, FrameLimits, Header, Kind, dissect};
use harness::{
    Bill, KIB, MIB, ON_CREDIT, PAGE, Stranger, announcing, body, guarded, header, in_bytes, in_reads, is,
    read, shown,
};
use hostile_lengths::{BodyError, check};
use spec_kit::{Failure, Input};

const LIMITS: FrameLimits = FrameLimits { max_header: 100, max_body: 1000 };

// ---- may a frame be that long? ----

fn judge(
    header: Header,
    limits: FrameLimits,
    expected: Result<u64, DecodeError>,
    symptom: &str,
    cause: &str,
) {
    let got = guarded("your `check` judges a header", move || check(&header, &limits));
    if got != expected {
        let cause = match (&got, &expected) {
            (Ok(_), Ok(length)) if *length <= u64::from(u32::MAX) => {
                "A frame's length is its header length, which counts the 24 bytes, and its body length."
            }
            _ => cause,
        };
        Failure::new(symptom)
            .show(
                format_args!("limits: header {}, body {}", limits.max_header, limits.max_body),
                dissect(&header.encode()),
            )
            .expected(format_args!("{expected:?}"))
            .got(format_args!("{got:?}"))
            .because(cause)
            .page(PAGE)
            .raise();
    }
}

#[test]
fn the_limit_itself_is_allowed() {
    let cause = "A limit is the most that is allowed, not the least that is forbidden.";
    for (header_len, body_len) in [(24, 0), (24, 1000), (100, 0), (100, 1000)] {
        let whole = Ok(u64::from(header_len) + u64::from(body_len));
        let header = header(header_len, body_len);
        judge(header, LIMITS, whole, "A frame within the limits was judged wrongly.", cause);
    }
}

#[test]
fn a_header_has_at_least_24_bytes() {
    for got in [0, 1, 23] {
        judge(
            header(got, 5),
            LIMITS,
            Err(DecodeError::HeaderTooShort { got }),
            "A header that ends before its own fields do.",
            "The header length counts from the `y`, so 24 is the least. Whoever computes \"header length − 24\" \
             from less gets a very large number.",
        );
    }
}

#[test]
fn a_header_above_the_limit() {
    for got in [101, u16::MAX] {
        judge(
            header(got, 5),
            LIMITS,
            Err(DecodeError::HeaderTooLong { got, limit: 100 }),
            "A header above the limit was let in.",
            "Extensions cost memory, too. `max_header` is their limit.",
        );
    }
}

#[test]
fn a_body_above_the_limit() {
    for got in [1001, 1_000_000, u32::MAX] {
        judge(
            header(24, got),
            LIMITS,
            Err(DecodeError::BodyTooLong { got, limit: 1000 }),
            "A body above the limit was let in.",
            "Each length has a limit of its own: compare the body length with `max_body`, as it was announced.",
        );
    }
}

#[test]
fn a_heartbeat_has_no_body() {
    for kind in [Kind::Heartbeat, Kind::Cancel] {
        for got in [1, 2000] {
            judge(
                Header { kind, ..header(24, got) },
                LIMITS,
                Err(DecodeError::UnexpectedBody { kind, got }),
                &format!(
                    "A {kind} is complete without a body, and this one announces {}.",
                    in_bytes(got as usize)
                ),
                "`kind.has_body()` says which kinds may have one. Ask it before you compare with the limit.",
            );
        }
        let empty = Header { kind, ..header(24, 0) };
        judge(empty, LIMITS, Ok(24), "This is how it should look.", "A body length of 0 is no body.");
    }
    let kinds = Kind::ALL.into_iter().filter(|kind| kind.has_body());
    for kind in kinds {
        let header = Header { kind, ..header(24, 7) };
        judge(
            header,
            LIMITS,
            Ok(31),
            "This kind may have a body.",
            "`kind.has_body()` says which kinds may.",
        );
    }
}

#[test]
fn the_first_fault_is_named() {
    let cause = "Judge from front to back: the header length stands before the body length.";
    let heartbeat = Header { kind: Kind::Heartbeat, ..header(23, 2000) };
    let symptom = "More than one length is wrong.";
    judge(heartbeat, LIMITS, Err(DecodeError::HeaderTooShort { got: 23 }), symptom, cause);
    let heartbeat = Header { header_len: 101, ..heartbeat };
    judge(heartbeat, LIMITS, Err(DecodeError::HeaderTooLong { got: 101, limit: 100 }), symptom, cause);
}

#[test]
fn the_sum_does_not_wrap() {
    let limits = FrameLimits { max_header: u16::MAX, max_body: u32::MAX };
    judge(
        header(u16::MAX, u32::MAX),
        limits,
        Ok(4_295_032_830),
        "The longest frame that can be written down came out as another length.",
        "Add them as `u64`: each of the two fits into its own type, and their sum does not. A sum that wraps is \
         small, and passes every limit behind it.",
    );
}

// ---- how much of it has come? ----

#[test]
fn a_body_comes_whole_in_any_pieces() {
    for length in [1, 10, ON_CREDIT - 1, ON_CREDIT, ON_CREDIT + 1, 3 * ON_CREDIT + 5] {
        let sent = body(length);
        for size in [length, length.div_ceil(2), length.div_ceil(97), 10_007] {
            let bill = read(
                Stranger::new(sent.chunks(size).map(Input::bytes)),
                announcing(length),
                FrameLimits::default(),
            );
            if !is(&bill.result, &sent) {
                let cause = match &bill.result {
                    Ok(got) if got.len() == length => {
                        "The length is right and the bytes are not. Does each piece go behind the bytes that have \
                         come already?"
                    }
                    Ok(_) => "Hand out what has come, all of it, and no room that nothing has come into.",
                    Err(_) => "One `read` brings a piece. Read on until all that was announced is there.",
                };
                Failure::new("A body came out differently from how it went in.")
                    .expected(format_args!("Ok, {} as sent, fed in pieces of {size}", in_bytes(length)))
                    .got(shown(&bill.result))
                    .because(cause)
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

#[test]
fn the_next_frame_stays_in_the_stream() {
    for length in [2, ON_CREDIT + 2] {
        let sent = body(length);
        let stranger = Stranger::new([Input::bytes([&sent[..], b"yrpc: the next one"].concat())]);
        let bill = read(stranger, announcing(length), FrameLimits::default());
        let left = bill.stranger.unread();
        if !is(&bill.result, &sent) || left != b"yrpc: the next one" {
            Failure::new("You read into the next frame.")
                .expected(format_args!("{length} bytes, and \"yrpc: the next one\" still in the stream"))
                .got(format_args!(
                    "{}, and {:?} in the stream",
                    shown(&bill.result),
                    String::from_utf8_lossy(&left)
                ))
                .because(
                    "What stands behind the body belongs to whoever reads next. Never offer `read` more room than is \
                     missing.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn an_empty_body_needs_no_read() {
    let bill = read(Stranger::new([Input::bytes("yrpc")]), announcing(0), FrameLimits::default());
    if !is(&bill.result, b"") || !bill.stranger.reads.is_empty() || bill.memory.bytes_total > 0 {
        Failure::new("A body of 0 bytes is there already.")
            .expected("Ok, 0 bytes, without a `read` and without memory")
            .got(format_args!(
                "{}, {}, {} bytes of memory",
                shown(&bill.result),
                in_reads(bill.stranger.reads.len()),
                bill.memory.bytes_total
            ))
            .because(if bill.stranger.reads.is_empty() {
                "Take memory when a byte is missing, not before."
            } else {
                "A `read` would wait for the next frame, which may come only after your reply."
            })
            .page(PAGE)
            .raise();
    }
}

#[test]
fn what_is_refused_costs_nothing() {
    let limits = FrameLimits { max_header: 100, max_body: MIB as u32 };
    let wrong = [
        ("a body one byte too long", announcing(MIB + 1)),
        ("a header of 23 bytes", header(23, 512 * KIB as u32)),
        ("a cancel with a body", Header { kind: Kind::Cancel, ..announcing(512 * KIB) }),
    ];
    for (what, header) in wrong {
        let expected = guarded("your `check` judges a header", move || check(&header, &limits));
        let bill = read(Stranger::new([Input::bytes(body(2 * MIB))]), header, limits);
        let (reads, memory) = (bill.stranger.reads.len(), bill.memory.bytes_total);
        let refused =
            matches!((&bill.result, &expected), (Err(BodyError::Refused(got)), Err(error)) if got == error);
        if !refused || reads > 0 || memory > 0 {
            let cause = match (&bill.result, &expected) {
                (_, Ok(_)) => "`check` lets it in. Its own tests say more.",
                (Ok(_), _) => {
                    "You took a part of it, or all. What was announced is more than you give: there is no body that \
                     you could hand out."
                }
                _ if !refused => "Call `check` first, and hand on what it says as `Refused`.",
                _ => "`check` comes first: before memory, and before the first `read`.",
            };
            Failure::new(format_args!("Announced: {what}."))
                .show(format_args!("limits: header 100, body {MIB}"), dissect(&header.encode()))
                .expected("Err(Refused(…)) with the error of `check`, 0 reads, 0 bytes of memory")
                .got(format_args!("{}, {}, {memory} bytes of memory", shown(&bill.result), in_reads(reads)))
                .because(cause)
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn an_announcement_alone_is_worth_64_kib() {
    let bill = read(Stranger::new([]), announcing(8 * MIB), FrameLimits::default());
    let took = bill.memory.bytes_max as usize;
    if took > ON_CREDIT {
        Failure::new("24 bytes came, and you took memory for what they promised.")
            .show("the stranger sends this header, and nothing after it", dissect(&announcing(8 * MIB).encode()))
            .expected(format_args!("at most {ON_CREDIT} bytes of memory"))
            .got(format_args!("{took} bytes"))
            .because(
                "`vec![0; announced]` and `Vec::with_capacity(announced)` take it all at once. A thousand such \
                 strangers are 8 GiB, and cost them 24 KB.",
            )
            .page(PAGE)
            .raise();
    }
}

/// The stranger sends `came` bytes of 8 MiB in pieces of `size`, and leaves.
fn only_some_come(came: usize, size: usize) {
    let stranger = Stranger::new(body(came).chunks(size).map(Input::bytes));
    let bill = read(stranger, announcing(8 * MIB), FrameLimits::default());
    let offered = bill.stranger.reads.iter().find(|(had, room)| *room > ON_CREDIT.max(*had));
    if let Some((had, room)) = offered {
        Failure::new("Your memory grows faster than the body comes.")
            .show(
                "announced: 8388608 bytes; came, and then the end",
                format_args!("{}, in pieces of {size}", in_bytes(came)),
            )
            .expected(format_args!(
                "room for at most {} bytes more when {had} have come",
                ON_CREDIT.max(*had)
            ))
            .got(format_args!("a `read` with room for {room} bytes"))
            .because(EARNED)
            .page(PAGE)
            .raise();
    }
    // While a buffer grows, the old one stands beside the new one; and a piece may lie in a place of its own
    // before it is put behind the others.
    let most = came + ON_CREDIT.max(came) + came + ON_CREDIT;
    let took = bill.memory.bytes_max as usize;
    if took > most {
        Failure::new("Your memory grows faster than the body comes.")
            .show(
                "announced: 8388608 bytes; came, and then the end",
                format_args!("{}, in pieces of {size}", in_bytes(came)),
            )
            .expected(format_args!("at most {most} bytes of memory, with all that you need on the way"))
            .got(format_args!("{took} bytes"))
            .because(
                "Take more only when all the room that you have is full, and then as much again as has come. And \
                 mind that `reserve`, `resize` and `push` may take more than they are asked for: a full `Vec` doubles.",
            )
            .page(PAGE)
            .raise();
    }
}

const EARNED: &str = "Take more only when all the room that you have is full, and then as much again as has come. A \
                      `read` that brings one byte has earned one byte.";

#[test]
fn memory_is_earned_by_what_has_come() {
    for came in
        [1, ON_CREDIT - 1, ON_CREDIT, ON_CREDIT + 1, 100_000, 2 * ON_CREDIT, 2 * ON_CREDIT + 1, 3 * MIB]
    {
        only_some_come(came, came);
        only_some_come(came, 4 * KIB);
    }
    only_some_come(100, 1);
    only_some_come(100_000, 100);
}

/// The tests that count look only at bodies that came.
fn came_whole(bill: &Bill, length: usize) {
    if !bill.result.as_ref().is_ok_and(|body| body.len() == length) {
        Failure::new("A body that is within the limits, and all there, did not come.")
            .expected(format_args!("Ok, {length} bytes"))
            .got(shown(&bill.result))
            .because("`a_body_comes_whole_in_any_pieces` and `the_limit_itself_is_allowed` say why.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn one_read_for_each_64_kib_at_most() {
    for length in [1, ON_CREDIT, ON_CREDIT + 1, MIB, 8 * MIB] {
        let bill =
            read(Stranger::new([Input::bytes(body(length))]), announcing(length), FrameLimits::default());
        let (reads, most) = (bill.stranger.reads.len(), length.div_ceil(ON_CREDIT));
        came_whole(&bill, length);
        if reads > most {
            let rooms: Vec<_> =
                bill.stranger.reads.iter().take(6).map(|(_, room)| room.to_string()).collect();
            Failure::new("All of the body is there, and you take it in small bites.")
                .show("the room you offered", format_args!("{} …", rooms.join(", ")))
                .expected(format_args!("{} in at most {}", in_bytes(length), in_reads(most)))
                .got(format_args!("{}, {}", shown(&bill.result), in_reads(reads)))
                .because(
                    "Each `read` on a socket is a system call. 64 KiB of room cost you nothing that you have not \
                     promised already: offer them, or all that is missing if that is less.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn bytes_are_not_moved_again_and_again() {
    let length = 8 * MIB;
    for size in [length, 1000] {
        let stranger = Stranger::new(body(length).chunks(size).map(Input::bytes));
        let bill = read(stranger, announcing(length), FrameLimits::default());
        came_whole(&bill, length);
        let (total, most) = (bill.memory.bytes_total as usize, 4 * length);
        if total > most {
            let (symptom, cause) = if size < ON_CREDIT
                && bill.memory.count_total as usize >= length.div_ceil(size)
            {
                (
                    "A body came in small pieces, and each of them cost you much.",
                    "You took memory for each `read`, however little it brought. There is one buffer: read into the \
                     room that it has left, and take more when it is full.",
                )
            } else {
                (
                    "Your buffer grows in steps that are too small.",
                    "Whenever a buffer grows, what it holds may have to move. With a fixed step that is each byte, \
                     once for every step behind it. A buffer that doubles moves each byte once or twice.",
                )
            };
            Failure::new(symptom)
                .expected(format_args!(
                    "{length} bytes in pieces of {size}, for at most {most} bytes of memory, counted one after the \
                     other"
                ))
                .got(format_args!(
                    "{}, {total} bytes in {} allocations",
                    shown(&bill.result),
                    bill.memory.count_total
                ))
                .because(cause)
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn an_early_end_says_how_much_came() {
    for came in [0, 1, ON_CREDIT - 1, ON_CREDIT, 70_000, 99_999] {
        let stranger = Stranger::new(body(came).chunks(10_000).map(Input::bytes));
        let bill = read(stranger, announcing(100_000), FrameLimits::default());
        if !matches!(bill.result, Err(BodyError::CutOff { expected: 100_000, got }) if got == came) {
            let cause = match &bill.result {
                Ok(_) => "Half a body is no body: whoever decodes it would take the half for the whole.",
                Err(BodyError::CutOff { .. }) => {
                    "Count what has come over all reads. (`read_exact` knows only that it failed.)"
                }
                Err(BodyError::Io { .. }) => {
                    "`read` returned 0: no error of the connection, but its end. That is `CutOff`."
                }
                Err(BodyError::Refused(_)) => "Nothing is wrong with this length. It may be so long.",
            };
            Failure::new("The peer died in the middle of its body.")
                .expected(format_args!("Err(CutOff {{ expected: 100000, got: {came} }})"))
                .got(shown(&bill.result))
                .because(cause)
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_signal_is_no_failure() {
    let sent = body(70_000);
    let signal = || Input::Fails(ErrorKind::Interrupted);
    let stranger =
        Stranger::new([signal(), Input::bytes(&sent[..3]), signal(), signal(), Input::bytes(&sent[3..])]);
    let bill = read(stranger, announcing(sent.len()), FrameLimits::default());
    if !is(&bill.result, &sent) {
        Failure::new("A signal arrived during `read`, and the body suffered.")
            .expected("Ok, 70000 bytes as they were sent")
            .got(shown(&bill.result))
            .because("`ErrorKind::Interrupted`: no byte was lost, as in 01-01. Read again.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_real_failure_keeps_its_kind_and_the_count() {
    use ErrorKind::{ConnectionReset, Other, TimedOut, WouldBlock};
    for kind in [ConnectionReset, WouldBlock, TimedOut, Other] {
        for came in [0, 70_000] {
            // Bytes behind the failure show whether you read on after it.
            let stranger = Stranger::new([
                Input::bytes(body(came)),
                Input::Fails(kind),
                Input::bytes(body(100_000 - came)),
            ]);
            let bill = read(stranger, announcing(100_000), FrameLimits::default());
            let right = matches!(&bill.result, Err(BodyError::Io { got, source }) if *got == came && source.kind() == kind);
            if !right {
                let cause = match &bill.result {
                    Ok(_) => "You read again. Only `Interrupted` asks for that.",
                    Err(BodyError::Io { .. }) => {
                        "Hand the error on as it came, with the number of bytes that were there before it."
                    }
                    Err(_) => "`CutOff` is for a `read` that returned 0. Here it returned an error.",
                };
                Failure::new(format_args!("The connection failed after {came} bytes of the body."))
                    .expected(format_args!("Err(Io {{ got: {came}, source: {kind:?} }})"))
                    .got(shown(&bill.result))
                    .because(cause)
                    .page(PAGE)
                    .raise();
            }
        }
    }
}
