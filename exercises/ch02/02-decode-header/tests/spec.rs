//! # Spec of 02-02: decode a header
//!
//! `encode` was written for a friend: its input is a `Header`, and every `Header` can be written. `decode` is
//! for a stranger. Its input is whatever came: a whole header, or the first three bytes of one, or a browser
//! that knocked on the wrong door. For each it has one of three answers: here is the header, I need more, or
//! this is wrong. It has no fourth, so it never panics.
//!
//! Most tests play the same bytes once for each moment of their arrival. That shows when you decide, and
//! not only what.

mod harness;

use ch02_protocol::{DecodeError, FrameLimits, HEADER_LEN, Header, Kind, Status};
use harness::{Numbers, PAGE, check, check_refused, count, decode, drawn};
use spec_kit::Failure;

/// A request with a body of 5 bytes, and nothing else in it.
const HELLO: [u8; HEADER_LEN] = *b"yrpc\x01\x01\0\0\0\x18\0\0\0\0\0\0\0\0\0\x01\0\0\0\x05";

/// `HELLO` with other bytes from `at` on.
fn hello_with(at: usize, new: &[u8]) -> [u8; HEADER_LEN] {
    let mut bytes = HELLO;
    bytes[at..at + new.len()].copy_from_slice(new);
    bytes
}

// ---- what is right ----

#[test]
fn a_first_request() {
    let expected = Header {
        kind: Kind::Request,
        codec: 0,
        compressor: 0,
        header_len: 24,
        status: Status::OK,
        request_id: 1,
        body_len: 5,
    };
    check_header("The simplest request there is, and you read something else.", &HELLO, &expected);
}

#[test]
fn every_field_has_its_place() {
    let bytes = *b"yrpc\x01\x02\x11\x12\x21\x22\x31\x32\x41\x42\x43\x44\x45\x46\x47\x48\x51\x52\x53\x54";
    let expected = Header {
        kind: Kind::Response,
        codec: 0x11,
        compressor: 0x12,
        header_len: 0x2122,
        status: Status(0x3132),
        request_id: 0x4142_4344_4546_4748,
        body_len: 0x5152_5354,
    };
    check_header("Every field has another value, and you took one from the wrong place.", &bytes, &expected);
}

#[test]
fn the_largest_numbers_are_numbers() {
    let mut bytes = [255; HEADER_LEN];
    bytes[..6].copy_from_slice(b"yrpc\x01\x02");
    let expected = Header {
        kind: Kind::Response,
        codec: 255,
        compressor: 255,
        header_len: u16::MAX,
        status: Status(u16::MAX),
        request_id: u64::MAX,
        body_len: u32::MAX,
    };
    check_header("All numbers are as large as they can be.", &bytes, &expected);
}

#[test]
fn what_comes_behind_is_not_looked_at() {
    let alone = decode(&HELLO);
    for behind in [&b"h"[..], b"hello", b"helloyrpc\x01\x01", &[0; 1000]] {
        let bytes = [&HELLO[..], behind].concat();
        let got = decode(&bytes);
        if got != Ok(Some(HELLO_HEADER)) {
            Failure::new("More has arrived than the header.")
                .show("what has arrived", drawn(&bytes))
                .expected(format_args!("Ok(Some({HELLO_HEADER:?}))"))
                .got(format_args!("{got:?}"))
                .because(if alone == Ok(Some(HELLO_HEADER)) {
                    "A `read` brings what has come: often the body, too, and the next frame. Look at the \
                     first 24 bytes."
                } else {
                    "The 24 bytes alone are misread already: begin with `a_first_request`."
                })
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn part_of_a_header_is_no_error() {
    for length in 0..HEADER_LEN {
        let got = decode(&HELLO[..length]);
        if got != Ok(None) {
            Failure::new(format_args!(
                "Of a good header {} arrived so far; the rest is on its way.",
                if length == 1 { "1 byte has".to_owned() } else { format!("{length} bytes have") }
            ))
            .show("what has arrived", drawn(&HELLO[..length]))
            .expected("Ok(None): not yet")
            .got(format_args!("{got:?}"))
            .because("A piece ends where it ends. Not enough is no error; the next `read` brings more.")
            .page(PAGE)
            .raise();
        }
    }
}

// ---- what is wrong, and when you know ----

#[test]
fn a_stranger_is_known_by_the_first_letter() {
    for (who, says, known_after) in [
        ("a browser", &b"GET / HTTP/1.1\r\nHost: shop\r\n"[..], 1),
        ("a TLS client", b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03", 1),
        ("a block of zeros", &[0; 30], 1),
        ("Dubbo", b"\xda\xbb\xc2\0\0\0\0\0\0\0\0\x01\0\0\0\x05hello", 1),
        ("somebody who types", b"yes? anybody there?", 2),
    ] {
        check_stranger(&format!("Here comes {who}, to the wrong door."), says, known_after);
    }
    for in_front in [&b"x"[..], b"\r\n", b"GET "] {
        let says = [in_front, &HELLO].concat();
        let symptom = format!("A good header has come, with {} in front of it.", count(in_front.len()));
        check_stranger(&symptom, &says, 1);
    }
}

/// Plays bytes that are not ours: before `known_after` of them nobody can tell, from there on everybody can.
#[track_caller]
fn check_stranger(symptom: &str, says: &[u8], known_after: usize) {
    let wrong = |known: usize| DecodeError::WrongMagic { got: says[..known.min(4)].to_vec() };
    let because = match decode(says) {
        Err(DecodeError::WrongMagic { .. }) => {
            "`got` holds what has arrived of the magic number, four bytes at most, so that the log can say \
             who that was."
        }
        _ if says.windows(4).any(|four| four == b"yrpc") => {
            "There is a `yrpc`, but not at the beginning. Do not search for it, and skip nothing in front of \
             it: whoever wrote those bytes would choose where you begin to read."
        }
        _ => "Bytes that do not begin with `yrpc` are not ours, whatever comes behind them.",
    };
    check(symptom, says, Err(wrong(says.len())), because);
    check(
        symptom,
        &says[..known_after - 1],
        Ok(None),
        "So far it could be a friend. Compare as many bytes of the magic number as have arrived, and not \
         one more.",
    );
    for known in known_after..says.len() {
        let because = match decode(&says[..known]) {
            Err(_) => because,
            Ok(_) => {
                "The first wrong byte is there, and you wait for more. Whoever does not speak your protocol \
                 will not send 24 bytes of it, and perhaps not even 4. Compare what has arrived, from the \
                 first byte on."
            }
        };
        check(symptom, &says[..known], Err(wrong(known)), because);
    }
}

#[test]
fn all_four_bytes_of_the_magic_count() {
    for (at, good) in HELLO.into_iter().enumerate().take(4) {
        for wrong in [good ^ 0x20, good ^ 0x01, 0, 255] {
            let bytes = hello_with(at, &[wrong]);
            check_stranger("One byte of the magic number is wrong.", &bytes, at + 1);
        }
    }
}

#[test]
fn another_version_is_refused() {
    for got in [0, 2, 255] {
        check_refused(
            &format!("A frame of version {got} has come, and this is version 1."),
            &hello_with(4, &[got]),
            5,
            &DecodeError::UnknownVersion { got },
            "You cannot know what another version means by the bytes behind this one, so read none of them. \
             (The extensions are for what comes later and may be skipped; a new version is for what may \
             not.)",
        );
    }
}

#[test]
fn an_unknown_kind_is_refused() {
    for got in [0, 7, 0x81, 255] {
        check_refused(
            &format!("There is no kind of frame with the number {got}."),
            &hello_with(5, &[got]),
            6,
            &DecodeError::UnknownKind { got },
            "To take it for a request would run something that nobody asked for. `Kind::from_byte` knows \
             the kinds there are.",
        );
    }
}

#[test]
fn a_header_is_at_least_24_bytes_long() {
    for got in [0_u16, 1, 23] {
        check_refused(
            &format!(
                "This header says that it is {} long. You have read more of it than that.",
                count(got.into())
            ),
            &hello_with(8, &got.to_be_bytes()),
            10,
            &DecodeError::HeaderTooShort { got },
            "The body begins where the header ends, so with this length it would begin inside the header. \
             (And `header length - 24`, the length of the extensions, would be negative.)",
        );
    }
    for good in [24, 25, 4096, 0x8000, u16::MAX] {
        let bytes = hello_with(8, &u16::to_be_bytes(good));
        let got = decode(&bytes).map(|header| header.map(|header| header.header_len));
        if got != Ok(Some(good)) {
            Failure::new(format_args!("A header of {good} bytes is long enough, and was not taken."))
                .show("what has arrived (24 bytes)", drawn(&bytes))
                .expected(format_args!("header_len: {good}"))
                .got(format_args!("{got:?}"))
                .because(
                    "24 is the least; more than that are extensions. It is a number without a sign, and a \
                     limit on it is the business of 02-04.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

/// Every kind, and its number.
const KINDS: [(u8, Kind); 6] = [
    (1, Kind::Request),
    (2, Kind::Response),
    (3, Kind::OneWay),
    (4, Kind::Heartbeat),
    (5, Kind::Cancel),
    (6, Kind::Goaway),
];

#[test]
fn a_status_only_where_there_is_one() {
    for (number, kind) in KINDS {
        let mut bytes = hello_with(5, &[number]);
        bytes[10..12].copy_from_slice(&103_u16.to_be_bytes());
        bytes[23] = 0;
        if matches!(kind, Kind::Response | Kind::Goaway) {
            let header = HELLO_HEADER;
            let expected = Header { kind, status: Status(103), body_len: 0, ..header };
            check_header(&format!("A {kind} has a status, and you did not read it."), &bytes, &expected);
        } else {
            check_refused(
                &format!("A {kind} with a status has come."),
                &bytes,
                12,
                &DecodeError::UnexpectedStatus { kind, got: Status(103) },
                "Only a response and a goaway have something to report. Who sends a status elsewhere means \
                 something by it that you do not know. `Kind::has_status` knows.",
            );
        }
    }
}

#[test]
fn a_body_only_where_there_is_one() {
    for (number, kind) in KINDS {
        let bytes = hello_with(5, &[number]);
        if matches!(kind, Kind::Heartbeat | Kind::Cancel) {
            check_refused(
                &format!("A {kind} that announces a body has come."),
                &bytes,
                24,
                &DecodeError::UnexpectedBody { kind, got: 5 },
                "A heartbeat and a cancel are complete without a body. Bytes that nobody reads still have \
                 to be received: a stranger could make you take 4 GiB of them. `Kind::has_body` knows.",
            );
        } else {
            let expected = Header { kind, ..HELLO_HEADER };
            check_header(&format!("A {kind} may have a body, and was not taken."), &bytes, &expected);
        }
        let bytes = hello_with(5, &[number, 0, 0, 0, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
        let expected = Header { kind, body_len: 0, ..HELLO_HEADER };
        check_header(&format!("A {kind} without a body is complete, and was not taken."), &bytes, &expected);
    }
}

#[test]
fn any_request_id_is_right() {
    for (number, kind) in KINDS {
        for id in [1, 0, u64::MAX] {
            let mut bytes = hello_with(5, &[number]);
            bytes[12..20].copy_from_slice(&u64::to_be_bytes(id));
            bytes[23] = 0;
            let got = decode(&bytes).map(|header| header.map(|header| header.request_id));
            if got != Ok(Some(id)) {
                Failure::new(format_args!("A {kind} with the request id {id} has come, and was not taken."))
                    .show("what has arrived (24 bytes)", drawn(&bytes))
                    .expected(format_args!("request_id: {id}"))
                    .got(format_args!("{got:?}"))
                    .because(if id == 1 {
                        "There is nothing wrong with this header. Other tests look at such; begin with those."
                    } else {
                        "All 24 bytes are there, and whoever makes the ids may begin where he likes, also at \
                         0: no id means \"none\", or \"not yet\"."
                    })
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

/// What `HELLO` says.
const HELLO_HEADER: Header = Header {
    kind: Kind::Request,
    codec: 0,
    compressor: 0,
    header_len: 24,
    status: Status::OK,
    request_id: 1,
    body_len: 5,
};

#[test]
fn of_two_faults_the_first_counts() {
    use DecodeError as E;
    let version_2 = E::UnknownVersion { got: 2 };
    let kind_9 = E::UnknownKind { got: 9 };
    let length_3 = E::HeaderTooShort { got: 3 };
    let busy = E::UnexpectedStatus { kind: Kind::Heartbeat, got: Status::BUSY };
    for (faults, bytes, known_after, expected) in [
        ("version 2, kind 9", hello_with(4, &[2, 9]), 5, version_2.clone()),
        ("version 2, header length 3", hello_with(4, &[2, 1, 0, 0, 0, 3]), 5, version_2),
        ("kind 9, header length 3", hello_with(5, &[9, 0, 0, 0, 3]), 6, kind_9.clone()),
        ("kind 9, with a status", hello_with(5, &[9, 0, 0, 0, 24, 0, 103]), 6, kind_9),
        ("header length 3, with a status", hello_with(5, &[4, 0, 0, 0, 3, 0, 103]), 10, length_3.clone()),
        ("header length 3, with a body", hello_with(5, &[4, 0, 0, 0, 3]), 10, length_3),
        ("a heartbeat with a status and a body", hello_with(5, &[4, 0, 0, 0, 24, 0, 103]), 12, busy),
    ] {
        check_refused(
            &format!("Two things are wrong here: {faults}."),
            &bytes,
            known_after,
            &expected,
            "From front to back: name the first fault. The answer must not depend on how much has arrived \
             behind it.",
        );
    }
}

// ---- whatever comes ----

#[test]
fn what_was_encoded_is_decoded() {
    let mut numbers = Numbers(202);
    for _ in 0..2000 {
        let kind = Kind::ALL[numbers.below(6)];
        let header = Header {
            kind,
            codec: numbers.next() as u8,
            compressor: numbers.next() as u8,
            header_len: (numbers.next() as u16).max(24),
            status: if kind.has_status() { Status(numbers.next() as u16) } else { Status::OK },
            request_id: numbers.next(),
            body_len: if kind.has_body() { numbers.next() as u32 } else { 0 },
        };
        check_header("The chapter encoded a header, and you decoded another one.", &header.encode(), &header);
    }
}

#[test]
fn any_bytes_have_an_answer() {
    // The chapter's own decoder, with limits that refuse nothing.
    let limits = FrameLimits { max_header: u16::MAX, max_body: u32::MAX };
    let mut numbers = Numbers(22);
    for round in 0..20_000 {
        let length = numbers.below(31);
        let mut bytes: Vec<u8> = (0..length).map(|_| numbers.next() as u8).collect();
        // Rubbish seldom gets beyond the magic number, so most rounds begin like a header, with faults in it.
        if round % 8 > 0 {
            for (byte, good) in bytes.iter_mut().zip(hello_with(5, &[numbers.below(8) as u8])) {
                if numbers.below(8) > 0 {
                    *byte = good;
                }
            }
        }
        let (got, expected) = (decode(&bytes), Header::decode(&bytes, &limits));
        if got != expected {
            Failure::new(format_args!(
                "{}, made up by chance, and your answer is not the chapter's.",
                count(length)
            ))
            .show("what has arrived", drawn(&bytes))
            .expected(format_args!("{expected:?}"))
            .got(format_args!("{got:?}"))
            .because("If other tests are red too, begin with them: they look at one thing at a time.")
            .page(PAGE)
            .raise();
        }
    }
}

#[track_caller]
fn check_header(symptom: &str, bytes: &[u8], expected: &Header) {
    let got = decode(bytes);
    let because = match &got {
        Ok(Some(got)) if got == expected => return,
        Ok(Some(got)) => cause(got, expected),
        Ok(None) => "All 24 bytes are there. Nothing more is needed.".to_owned(),
        Err(_) => "None of its fields is wrong: compare the fault you found with the contract.".to_owned(),
    };
    Failure::new(symptom)
        .show("what has arrived", drawn(bytes))
        .expected(format_args!("Ok(Some({expected:?}))"))
        .got(format_args!("{got:?}"))
        .because(because)
        .page(PAGE)
        .raise();
}

/// The first field that was misread, and how.
fn cause(got: &Header, expected: &Header) -> String {
    let fields = |header: &Header| {
        [
            ("kind", 1, header.kind as u64),
            ("codec", 1, header.codec.into()),
            ("compressor", 1, header.compressor.into()),
            ("header length", 2, header.header_len.into()),
            ("status", 2, header.status.0.into()),
            ("request id", 8, header.request_id),
            ("body length", 4, header.body_len.into()),
        ]
    };
    let mut pairs = fields(got).into_iter().zip(fields(expected));
    let Some(((name, length, got), (_, _, expected))) = pairs.find(|(got, expected)| got != expected) else {
        return String::new();
    };
    let backwards = got.swap_bytes() >> (64 - 8 * length) == expected;
    let hint = if backwards && length > 1 {
        "It was read backwards: the largest byte comes first, big endian, `from_be_bytes`."
    } else {
        "The picture at the top of `src/lib.rs` says where each field begins and ends."
    };
    format!("The {name} is {expected}, and you read {got}. {hint}")
}
