//! # Spec of 01-01: read exactly n bytes
//!
//! `read(&mut buffer)` returns *how many* bytes it put into the buffer. Between 1 and `buffer.len()` every
//! number is allowed, and the kernel picks one by what has arrived so far. 0 is special: the peer has
//! closed its side and no byte will ever come again.
//!
//! Each test below plays a peer with a script (`ScriptedStream`): these pieces, this signal, this end. No
//! socket and no luck are involved, so what fails here fails every time.

use std::io::ErrorKind;

use read_exactly::{ReadError, read_exactly};
use spec_kit::{Failure, Input, ScriptedStream, hex_dump};

const PAGE: &str = "chapter 1, \"Bytes come in pieces\"";

#[test]
fn all_at_once() {
    let mut peer = ScriptedStream::new([Input::bytes("hello")]);
    let mut buffer = [0; 5];
    let result = read_exactly(&mut peer, &mut buffer);
    if result.is_err() || &buffer != b"hello" {
        Failure::new("Five bytes were there, five were asked for, and it did not work out.")
            .expected("Ok(()) and \"hello\"")
            .got(format_args!("{result:?} and {:?}", String::from_utf8_lossy(&buffer)))
            .page(PAGE)
            .raise();
    }
}

#[test]
fn three_short_reads() {
    let mut peer = ScriptedStream::new([Input::bytes("he"), Input::bytes("l"), Input::bytes("lo")]);
    let mut buffer = [0; 5];
    let result = read_exactly(&mut peer, &mut buffer);
    if result.is_err() || &buffer != b"hello" {
        let cause = match peer.reads {
            0 | 1 => "You read once. A short read is normal: ask again for what is still missing.",
            _ => {
                "Did a later piece go to the start of the buffer? It belongs behind the bytes you already have."
            }
        };
        Failure::new("The peer sent \"hello\" in three pieces: 2 + 1 + 2 bytes.")
            .show("your buffer", hex_dump(&buffer, &[]))
            .expected("Ok(()) and \"hello\"")
            .got(format_args!("{result:?} after {} read(s)", peer.reads))
            .because(cause)
            .page(PAGE)
            .raise();
    }
    if peer.reads > 3 {
        Failure::new("Three pieces came, and you asked more than three times.")
            .expected("3 reads, one for each piece")
            .got(format_args!("{} reads", peer.reads))
            .because(
                "Offer `read` all the room that is left, not one byte of it: on a socket each `read` is a system \
                 call, however little it brings.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn the_next_message_stays_in_the_stream() {
    let mut peer = ScriptedStream::new([Input::bytes("hel"), Input::bytes("lo WORLD")]);
    let mut buffer = [0; 5];
    let result = read_exactly(&mut peer, &mut buffer);
    let left = peer.unread();
    if result.is_err() || &buffer != b"hello" || left != b" WORLD" {
        Failure::new("The bytes behind the message were touched.")
            .expected("\"hello\" in the buffer, \" WORLD\" still in the stream")
            .got(format_args!(
                "{result:?}, {:?} in the buffer, {:?} in the stream",
                String::from_utf8_lossy(&buffer),
                String::from_utf8_lossy(&left)
            ))
            .because(
                "Offer `read` only the part of the buffer that is still empty; it takes no more than that.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn end_before_the_first_byte() {
    let mut peer = ScriptedStream::new([]);
    let result = read_exactly(&mut peer, &mut [0; 5]);
    if !matches!(result, Err(ReadError::Closed)) {
        Failure::new("The peer said goodbye between two messages. That is no accident.")
            .expected("Err(Closed)")
            .got(format_args!("{result:?}"))
            .because("`read` returned 0 and you hold 0 bytes: nothing was lost, so nothing was cut off.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn end_in_the_middle() {
    let mut peer = ScriptedStream::new([Input::bytes("hel")]);
    let result = read_exactly(&mut peer, &mut [0; 5]);
    if !matches!(result, Err(ReadError::CutOff { expected: 5, got: 3 })) {
        Failure::new("The peer died after half a message, and your caller would not know.")
            .expected("Err(CutOff { expected: 5, got: 3 })")
            .got(format_args!("{result:?}"))
            .because("`read` returned 0 and you already hold 3 bytes of 5. Say so, and say how many.")
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
        Input::bytes("lo"),
    ]);
    let mut buffer = [0; 5];
    let result = read_exactly(&mut peer, &mut buffer);
    if result.is_err() || &buffer != b"hello" {
        let (symptom, cause) = if result.is_err() {
            (
                "A signal arrived during `read`, and the call was given up.",
                "`ErrorKind::Interrupted` says only that a signal came in between. No byte was lost: read again.",
            )
        } else {
            (
                "A signal arrived during `read`, and the bytes after it went to the wrong place.",
                "A signal changes nothing: the bytes you have stay, and the next ones belong behind them.",
            )
        };
        Failure::new(symptom)
            .expected("Ok(()) and \"hello\"")
            .got(format_args!("{result:?} and {:?}", String::from_utf8_lossy(&buffer)))
            .because(cause)
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_real_failure_keeps_its_kind_and_the_count() {
    use ErrorKind::{ConnectionReset, Other, TimedOut, WouldBlock};
    for kind in [ConnectionReset, WouldBlock, TimedOut, Other] {
        for before in ["", "hel"] {
            // Bytes behind the failure show whether you read on after it.
            let mut peer =
                ScriptedStream::new([Input::bytes(before), Input::Fails(kind), Input::bytes("hello")]);
            let result = read_exactly(&mut peer, &mut [0; 5]);
            let cause = match &result {
                Err(ReadError::Io { got, source }) if *got == before.len() && source.kind() == kind => {
                    continue;
                }
                Err(ReadError::Io { .. }) => {
                    "Hand the error on as it came, with the number of bytes that were already there."
                }
                Err(ReadError::Closed | ReadError::CutOff { .. }) => {
                    "`Closed` and `CutOff` are for a `read` that returned 0: the peer ended the stream. Here `read` \
                     returned an error, and what the peer meant nobody knows."
                }
                Ok(()) => {
                    "You read again. Only `Interrupted` asks for that; after another error the next `read` may fail \
                     in the same way, at once, for ever."
                }
            };
            Failure::new(format_args!(
                "The connection failed after {} bytes, and the caller learns something else.",
                before.len()
            ))
            .show("`read` brought", format_args!("{before:?}, then Err({kind:?})"))
            .expected(format_args!("Err(Io {{ got: {}, source: {kind:?} }})", before.len()))
            .got(format_args!("{result:?}"))
            .because(cause)
            .page(PAGE)
            .raise();
        }
    }
}

#[test]
fn an_empty_buffer_is_full_already() {
    let mut peer = ScriptedStream::new([]);
    let result = read_exactly(&mut peer, &mut []);
    if result.is_err() || peer.reads != 0 {
        Failure::new("Nothing was asked for, and the stream was disturbed all the same.")
            .expected("Ok(()) after 0 reads")
            .got(format_args!("{result:?} after {} read(s)", peer.reads))
            .because(
                "An empty buffer needs no byte. `read` would answer 0 for it, and you might take that for the end \
                 of the stream.",
            )
            .page(PAGE)
            .raise();
    }
}
