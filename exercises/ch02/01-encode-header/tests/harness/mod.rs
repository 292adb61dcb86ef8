//! Two headers, compared field by field.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ch02_protocol::{HEADER_LEN, Header, dissect};
use spec_kit::Failure;

pub const PAGE: &str = "chapter 2, \"Twenty-four bytes\"";

/// The fields of a header, in the order in which they stand there.
const FIELDS: [(&str, Range<usize>); 9] = [
    ("magic", 0..4),
    ("version", 4..5),
    ("kind", 5..6),
    ("codec", 6..7),
    ("compressor", 7..8),
    ("header length", HEADER_LENGTH),
    ("status", STATUS),
    ("request id", REQUEST_ID),
    ("body length", 20..24),
];
const HEADER_LENGTH: Range<usize> = 8..10;
const STATUS: Range<usize> = 10..12;
const REQUEST_ID: Range<usize> = 12..20;

type Bytes = [u8; HEADER_LEN];

/// Fails with the first field of `got` that is not as it should be.
#[track_caller]
pub fn check_header(symptom: &str, got: &Bytes, expected: &Bytes) {
    let Some((name, place)) =
        FIELDS.into_iter().find(|(_, place)| got[place.clone()] != expected[place.clone()])
    else {
        return;
    };
    let field = |bytes: &Bytes| hex(&bytes[place.clone()]);
    Failure::new(symptom)
        .show("your header", drawn(got))
        .expected(format_args!("{name}, {}: {}", bytes(&place), field(expected)))
        .got(field(got))
        .because(cause(name, &place, got, expected))
        .page(PAGE)
        .raise();
}

const NOT_JUDGED: &str = "`encode` judges nothing: that is `header_of`'s work. It writes every field as the \
    header says it, right or wrong.";

/// Fails with the first field of a wrong header that your `encode` put right, or refused with a panic.
#[track_caller]
pub fn check_not_judged(symptom: &str, header: &Header) {
    let expected = header.encode();
    let got = catch_unwind(AssertUnwindSafe(|| encode_header::encode(header))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned();
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        Failure::new(symptom)
            .expected(hex(&expected))
            .got(format_args!("a panic: {text}"))
            .because(NOT_JUDGED)
            .page(PAGE)
            .raise()
    });
    let Some((name, place)) =
        FIELDS.into_iter().find(|(_, place)| got[place.clone()] != expected[place.clone()])
    else {
        return;
    };
    // Without the notes: what they call a fault is what was asked for.
    let unjudged = |bytes: &Bytes| {
        let lines = dissect(bytes);
        lines
            .lines()
            .map(|line| line.split("   ←").next().unwrap_or(line).to_owned() + "\n")
            .collect::<String>()
    };
    Failure::new(symptom)
        .show("your header", unjudged(&got))
        .expected(format_args!("{name}, {}: {}", bytes(&place), hex(&expected[place.clone()])))
        .got(hex(&got[place.clone()]))
        .because(NOT_JUDGED)
        .page(PAGE)
        .raise();
}

/// The mistake that explains what stands in the first wrong field.
fn cause(name: &str, place: &Range<usize>, got: &Bytes, expected: &Bytes) -> String {
    let is = &got[place.clone()];
    let should = &expected[place.clone()];
    let is_one_of_them = *place == HEADER_LENGTH || *place == STATUS;
    if is_one_of_them && got[HEADER_LENGTH] == expected[STATUS] && got[STATUS] == expected[HEADER_LENGTH] {
        return "The header length and the status have changed places.".to_owned();
    }
    if should.len() > 1 && is.iter().rev().eq(should) {
        return format!(
            "The {name} stands there backwards. On the wire the largest byte comes first, as in the way you \
             write numbers: that is big endian, `to_be_bytes`."
        );
    }
    if *place == REQUEST_ID && is[..4] == should[4..] {
        return "The request id is an eight-byte number. In four bytes, ids come round again after 4 billion \
            calls, and all that stands behind it moves to the wrong place."
            .to_owned();
    }
    if is.iter().all(|&byte| byte == 0) {
        return format!("Nothing was written there. The {name} goes to {}.", bytes(place));
    }
    if *place == REQUEST_ID && is[4..] == should[4..] {
        return "Its lower four bytes are right. Something was cut off on the way: did the id go through a \
            `u32`?"
            .to_owned();
    }
    // Only where it is the one place with these bytes, so that nothing else is taken for it.
    let places = |all: &Bytes| {
        let starts = 0..=HEADER_LEN - should.len();
        starts.filter(|&at| all[at..at + should.len()] == *should).collect::<Vec<_>>()
    };
    if let ([at], [_]) = (&places(got)[..], &places(expected)[..]) {
        return format!(
            "The {name} goes to {}. Yours stands at {}.",
            bytes(place),
            bytes(&(*at..at + should.len()))
        );
    }
    format!("The {name} goes to {}. Does another field reach there, or was a number cut off?", bytes(place))
}

fn bytes(place: &Range<usize>) -> String {
    match place.len() {
        1 => format!("byte {}", place.start),
        _ => format!("bytes {} to {}", place.start, place.end - 1),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

/// The bytes, field by field. What is too long for the chapter's own limits is not marked here: these tests
/// set their limits themselves, or ask for none.
pub fn drawn(bytes: &[u8]) -> String {
    let lines = dissect(bytes);
    lines
        .lines()
        .map(|line| line.split("   ← expected at most").next().unwrap_or(line).to_owned() + "\n")
        .collect()
}
