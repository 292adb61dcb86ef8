//! Dubbo headers, drawn; in words; and as real programs have sent them.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ch02_protocol::dubbo::{DubboError, DubboHeader, DubboMessage};
use spec_kit::{Failure, hex_dump};

pub const PAGE: &str = "chapter 2, \"The neighbours' headers\"";

/// What real programs have sent, line by line: `name | 32 hex digits | what they say`.
const VECTORS: &str = include_str!("../../../../../chapters/ch02-protocol/tests/vectors/dubbo.txt");

/// One of them.
pub struct Vector {
    pub name: &'static str,
    pub bytes: [u8; 16],
    /// In the words of [`in_words`].
    pub says: &'static str,
}

pub fn vectors() -> Vec<Vector> {
    let lines = VECTORS.lines().filter(|line| line.contains('|') && !line.starts_with('#'));
    let vectors: Vec<_> = lines
        .map(|line| {
            let mut parts = line.split('|').map(str::trim);
            let mut part = || parts.next().expect("a vector has a name, bytes and a meaning");
            let (name, hex, says) = (part(), part(), part());
            let number = u128::from_str_radix(hex, 16).expect("a header is 32 hex digits");
            Vector { name, bytes: number.to_be_bytes(), says }
        })
        .collect();
    assert!(!vectors.is_empty(), "dubbo.txt holds no vector");
    vectors
}

/// A header in the words of the vectors: `request two-way, event, serialization 2, id 1, body 166`.
pub fn in_words(header: &DubboHeader) -> String {
    let message = match header.message {
        DubboMessage::Request { two_way: true } => "request two-way".to_owned(),
        DubboMessage::Request { two_way: false } => "request one-way".to_owned(),
        DubboMessage::Response { status } => format!("response {status}"),
    };
    let event = if header.event { ", event" } else { "" };
    let DubboHeader { serialization, request_id, body_len, .. } = header;
    format!("{message}{event}, serialization {serialization}, id {request_id}, body {body_len}")
}

/// The same for an answer of `decode`.
pub fn answer(got: &Result<DubboHeader, DubboError>) -> String {
    got.as_ref().map_or_else(|error| format!("Err({error:?})"), in_words)
}

/// What your `encode` makes of `header`; a panic is a failure of the test, and `because` explains it.
#[track_caller]
pub fn encode(header: &DubboHeader, because: &str) -> [u8; 16] {
    catch_unwind(AssertUnwindSafe(|| dubbo_header::encode(header))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned();
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        Failure::new(format_args!("`encode` panicked over \"{}\".", in_words(header)))
            .expected("sixteen bytes")
            .got(format_args!("a panic: {text}"))
            .because(because)
            .page(PAGE)
            .raise()
    })
}

/// The bytes, with their fields below them, and the flags in bits.
pub fn drawn(bytes: &[u8; 16]) -> String {
    let flags = format!("flags {:08b}", bytes[2]);
    let dump = hex_dump(
        bytes,
        &[(0..2, "magic"), (2..3, &flags), (3..4, "status"), (4..12, "request id"), (12..16, "body length")],
    );
    format!("{dump}flags: request (1), two-way (1), event (1), serialization (5 bits)\n")
}
