//! # Spec of 02-07: read a Dubbo header
//!
//! A protocol of your own you may change. A neighbour's you have to take as it is, with its age rings: Dubbo
//! puts four facts into one byte, and its numbers have signs because Java's have. Who reads it needs two
//! things that are easy to get wrong: *masks*, to take one fact out of the byte and leave the others, and the
//! right *type* for a number, because the same four bytes are −1 or 4,294,967,295.
//!
//! The first test uses headers that programs of other people have really sent, and a few that they could send.

mod harness;

use ch02_protocol::dubbo::{DubboError, DubboHeader, DubboMessage};
use dubbo_header::decode;
use harness::{PAGE, answer, drawn, encode, in_words, vectors};
use spec_kit::Failure;

/// A call, as dubbo2.js sends its first one: two-way, Hessian2, id 1, 166 bytes of body.
const CALL: [u8; 16] = *b"\xda\xbb\xc2\0\0\0\0\0\0\0\0\x01\0\0\0\xa6";

/// What `CALL` says.
const CALL_HEADER: DubboHeader = DubboHeader {
    message: DubboMessage::Request { two_way: true },
    event: false,
    serialization: 2,
    request_id: 1,
    body_len: 166,
};

/// `CALL` with other bytes from `at` on.
fn call_with(at: usize, new: &[u8]) -> [u8; 16] {
    let mut bytes = CALL;
    bytes[at..at + new.len()].copy_from_slice(new);
    bytes
}

// ---- decode ----

#[test]
fn what_real_programs_send_is_understood() {
    for vector in vectors() {
        let got = answer(&decode(&vector.bytes));
        if got != vector.says {
            Failure::new(format_args!("A header that Dubbo programs send was misread: {}.", vector.name))
                .show("the header", drawn(&vector.bytes))
                .expected(vector.says)
                .got(got)
                .because(
                    "Compare field by field. The other tests look at one of them at a time; begin with \
                     those that are red.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn every_field_has_its_place() {
    let bytes = *b"\xda\xbb\x02\x33\x41\x42\x43\x44\x45\x46\x47\x48\x00\x12\x34\x56";
    let got = decode(&bytes);
    let id = i64::from_be_bytes(*b"ABCDEFGH");
    let expected = DubboHeader {
        message: DubboMessage::Response { status: 0x33 },
        event: false,
        serialization: 2,
        request_id: id,
        body_len: 0x0012_3456,
    };
    let because = match &got {
        Ok(got) if *got == expected => return,
        Ok(got) if got.request_id == id.swap_bytes() => {
            "The request id was read backwards: the largest byte comes first, `from_be_bytes`."
        }
        Ok(got) if got.message != expected.message => {
            "Bit 7 of the flags is not set, so it is a response, and byte 3 is its status."
        }
        Err(DubboError::BodyTooLong { got: 0x5634_1200, .. }) => {
            "The body length was read backwards: the largest byte comes first, `from_be_bytes`."
        }
        _ => "The picture at the top of `src/lib.rs` says where each field begins and ends.",
    };
    Failure::new("Every field has another value, and you took one from the wrong place.")
        .show("the header", drawn(&bytes))
        .expected(in_words(&expected))
        .got(answer(&got))
        .because(because)
        .page(PAGE)
        .raise();
}

#[test]
fn another_magic_is_not_dubbo() {
    for (what, bytes) in [
        ("the two bytes are swapped", call_with(0, b"\xbb\xda")),
        ("the second byte is wrong", call_with(0, b"\xda\xbc")),
        ("the first byte is wrong", call_with(0, b"\xdb\xbb")),
        ("a browser", *b"GET / HTTP/1.1\r\n"),
        ("our own protocol", *b"yrpc\x01\x01\0\0\0\x18\0\0\0\0\0\0"),
        ("wrong magic, and a negative body length", *b"\xda\xda\xc2\0\0\0\0\0\0\0\0\x01\xff\xff\xff\xff"),
    ] {
        let got = decode(&bytes);
        let expected = DubboError::WrongMagic { got: [bytes[0], bytes[1]] };
        if got.as_ref() != Err(&expected) {
            Failure::new(format_args!("This is not Dubbo: {what}."))
                .show("the header", drawn(&bytes))
                .expected(format_args!("Err({expected:?})"))
                .got(answer(&got))
                .because("Both bytes count, da first, and they count before everything behind them.")
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn one_byte_holds_four_facts() {
    for flags in 0..=255_u8 {
        let bytes = call_with(2, &[flags, 20]);
        let got = decode(&bytes);
        // Bit by bit, without masks.
        let bit = |number: u32| flags / 2_u8.pow(number) % 2 == 1;
        let message = match bit(7) {
            true => DubboMessage::Request { two_way: bit(6) },
            false => DubboMessage::Response { status: 20 },
        };
        let (event, serialization) = (bit(5), flags % 32);
        let because = match &got {
            Ok(got) if (got.message, got.event, got.serialization) == (message, event, serialization) => {
                continue;
            }
            Ok(got) if got.message != message => {
                "Bit 7 (0x80) says whether it is a request, and of a request bit 6 (0x40) whether an answer \
                 is expected. The other bits have no say in it."
            }
            Ok(got) if got.event != event => "Bit 5 (0x20) alone says whether it is an event.",
            Ok(_) => {
                "The serialization is bits 4 to 0, and nothing above them: five bits, mask 0x1f. Without \
                 the mask Hessian2, which is 2, becomes another number in every request."
            }
            Err(_) => "Every byte of flags is a good one.",
        };
        let expected = DubboHeader { message, event, serialization, request_id: 1, body_len: 166 };
        Failure::new(format_args!(
            "The flags {flags:#04x} were taken apart in another way than Dubbo puts them together."
        ))
        .show("the header", drawn(&bytes))
        .expected(in_words(&expected))
        .got(answer(&got))
        .because(because)
        .page(PAGE)
        .raise();
    }
}

#[test]
fn the_status_of_a_request_says_nothing() {
    // Whatever you make of this one (other tests look at that), you make the same of the others.
    let expected = answer(&decode(&CALL));
    for status in 0..=255 {
        let bytes = call_with(3, &[status]);
        let got = answer(&decode(&bytes));
        if got != expected {
            Failure::new("A request was read in another way because of its status byte.")
                .show("the header", drawn(&bytes))
                .expected(format_args!("{expected}, as with the status 0"))
                .got(got)
                .because("A request has no status. Real peers leave there what they like; do not look at it.")
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_response_has_any_status() {
    for status in 0..=255 {
        let bytes = call_with(2, &[2, status]);
        let got = decode(&bytes);
        if got.as_ref().map(|header| header.message) != Ok(DubboMessage::Response { status }) {
            Failure::new(format_args!("A response with the status {status} was not read as such."))
                .show("the header", drawn(&bytes))
                .expected(format_args!("response {status}, …"))
                .got(answer(&got))
                .because(
                    "Bit 7 of the flags is not set: a response. Hand on the number as it came: 20 is ok, \
                     100 is \"pool exhausted\", and a later Dubbo may know more.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_negative_id_is_an_id() {
    for id in [-1, i64::MIN, -2, i64::MAX, 0x1_0000_0001, 0] {
        let bytes = call_with(4, &id.to_be_bytes());
        let got = decode(&bytes).map(|header| header.request_id);
        if got != Ok(id) {
            Failure::new(format_args!(
                "A request with the id {id} came, and its answer would carry another one."
            ))
            .show("the header", drawn(&bytes))
            .expected(format_args!("Ok({id})"))
            .got(format_args!("{got:?}"))
            .because(
                "Dubbo counts in a signed number of eight bytes, begins anywhere and wraps around. The id \
                 is a name, no amount: no absolute value, no limit, all eight bytes.",
            )
            .page(PAGE)
            .raise();
        }
    }
}

#[test]
fn a_negative_length_is_refused() {
    for got in [-1, i32::MIN, -166] {
        check_length(
            got,
            "The length has a sign, because Java's numbers have. Read it as an `i32`: ff ff ff ff is −1. As \
             a `u32` it would be 4 GiB, and turned around it would be a length that nobody has sent.",
        );
    }
}

#[test]
fn the_limit_itself_is_allowed() {
    for got in [0, 8 * 1024 * 1024 - 1, 8 * 1024 * 1024, 8 * 1024 * 1024 + 1, i32::MAX] {
        check_length(
            got,
            "From 0 to `DUBBO_MAX_BODY`, 8 MiB, and the limit itself is allowed. What is above it is \
             refused.",
        );
    }
}

#[track_caller]
fn check_length(length: i32, because: &str) {
    const LIMIT: u32 = 8 * 1024 * 1024;
    let bytes = call_with(12, &length.to_be_bytes());
    let got = decode(&bytes).map(|header| header.body_len);
    let expected = match length {
        0..=0x0080_0000 => Ok(length as u32),
        got => Err(DubboError::BodyTooLong { got, limit: LIMIT }),
    };
    if got != expected {
        Failure::new(format_args!("A body of {length} bytes was announced; the limit is {LIMIT}."))
            .show("the header", drawn(&bytes))
            .expected(format_args!("{expected:?}"))
            .got(format_args!("{got:?}"))
            .because(because)
            .page(PAGE)
            .raise();
    }
}

// ---- encode ----

#[test]
fn a_call_goes_out_as_others_send_it() {
    check_encoded("A call, and Dubbo would not take it for one.", &CALL_HEADER, &CALL);
}

#[test]
fn what_was_read_is_written_as_it_was() {
    for vector in vectors() {
        // None of them has a bit set that means nothing, so this gives the same sixteen bytes.
        let read = decode(&vector.bytes);
        let Some(header) = read.as_ref().ok().filter(|header| in_words(header) == vector.says) else {
            Failure::new("The header was misread, so it cannot be written again as it was.")
                .show("the header", drawn(&vector.bytes))
                .expected(vector.says)
                .got(answer(&read))
                .because("Begin with `decode`, and with the tests that look at it.")
                .page(PAGE)
                .raise()
        };
        check_encoded(
            &format!("A header was read and written again, and is another one now: {}.", vector.name),
            header,
            &vector.bytes,
        );
    }
}

#[test]
fn every_combination_is_written() {
    for flags in 0..=255_u8 {
        if flags & 0xC0 == 0x40 {
            continue; // a response with the two-way bit: it is read, but nobody writes it
        }
        let message = match flags & 0x80 {
            0 => DubboMessage::Response { status: 20 },
            _ => DubboMessage::Request { two_way: flags & 0x40 != 0 },
        };
        let status = if flags & 0x80 == 0 { 20 } else { 0 };
        let header = DubboHeader {
            message,
            event: flags & 0x20 != 0,
            serialization: flags & 0x1F,
            request_id: -2,
            body_len: 8 * 1024 * 1024,
        };
        let expected = *b"\xda\xbb\0\0\xff\xff\xff\xff\xff\xff\xff\xfe\0\x80\0\0";
        let expected = [&expected[..2], &[flags, status], &expected[4..]].concat();
        let expected = expected.try_into().expect("2 + 2 + 12 bytes");
        check_encoded(
            "A header was put together in another way than Dubbo takes it apart.",
            &header,
            &expected,
        );
    }
    for body_len in [u32::MAX, 0x0102_0304] {
        let header = DubboHeader { body_len, ..CALL_HEADER };
        let expected = call_with(12, &body_len.to_be_bytes());
        check_encoded("A body length above the limit was not written as it was given.", &header, &expected);
    }
}

const NOT_JUDGED: &str = "It does not judge the body length, and does not cut it: all four bytes go out as \
    they are. Whoever calls `encode` has promised that they are right.";

#[track_caller]
fn check_encoded(symptom: &str, header: &DubboHeader, expected: &[u8; 16]) {
    let above_the_limit = header.body_len > 8 * 1024 * 1024;
    let got = encode(header, if above_the_limit { NOT_JUDGED } else { "There is nothing wrong with it." });
    if got == *expected {
        return;
    }
    let because = if got[..2] != expected[..2] {
        "It begins with the magic number, da bb."
    } else if got[2] != expected[2] {
        "The flags: request 0x80, two-way 0x40 (only in a request), event 0x20, and the serialization below \
         them."
    } else if got[3] != expected[3] {
        "The status goes into byte 3. A request has none, and leaves 0 there."
    } else if got[4..12] != expected[4..12] {
        "The request id goes to bytes 4 to 11, all eight of them, the largest first: `to_be_bytes`."
    } else if above_the_limit {
        // Where its bytes go, the others have shown: they come first.
        NOT_JUDGED
    } else {
        "The body length goes to bytes 12 to 15, the largest first: `to_be_bytes`. It counts the body only."
    };
    Failure::new(symptom)
        .show(format_args!("your header for \"{}\"", in_words(header)), drawn(&got))
        .show("what Dubbo sends", drawn(expected))
        .expected(hex(expected))
        .got(hex(&got))
        .because(because)
        .page(PAGE)
        .raise();
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}
