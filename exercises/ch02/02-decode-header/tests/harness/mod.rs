//! What several tests need: a call that may panic, a header byte by byte, and numbers that look random.

use std::mem::discriminant;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ch02_protocol::{DecodeError, HEADER_LEN, Header, dissect};
use spec_kit::Failure;

pub const PAGE: &str = "chapter 2, \"Twenty-four bytes\"";

pub type Decoded = Result<Option<Header>, DecodeError>;

/// What your `decode` says to these bytes. A panic is a failure of the test, with the bytes that led to it.
#[track_caller]
pub fn decode(bytes: &[u8]) -> Decoded {
    catch_unwind(AssertUnwindSafe(|| decode_header::decode(bytes))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned();
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        Failure::new(format_args!("`decode` panicked over {} from a stranger.", count(bytes.len())))
            .show("the bytes", drawn(bytes))
            .expected("Ok(None), Ok(Some(…)) or Err(…), whatever the bytes are")
            .got(format_args!("a panic: {text}"))
            .because(
                "Bytes that are not there, or that make no sense, are nothing unusual here, and a server \
                 must not fall over them. An index or a slice panics when it is out of bounds; `field` and \
                 `get` give you `None`.",
            )
            .page(PAGE)
            .raise()
    })
}

/// Plays `bytes` byte by byte: before `known_after` of them nothing is wrong, from there on it is `error`.
/// `because` is for a fault that you do not see even when everything has come.
#[track_caller]
pub fn check_refused(symptom: &str, bytes: &[u8], known_after: usize, error: &DecodeError, because: &str) {
    let because = match decode(bytes) {
        Err(other) if discriminant(&other) == discriminant(error) => {
            "You found the fault, and say something else about it. Numbers are big endian."
        }
        _ => because,
    };
    check(symptom, bytes, Err(error.clone()), because);
    check(
        symptom,
        &bytes[..known_after - 1],
        Ok(None),
        "None of these bytes is wrong yet. Judge a field when all its bytes are there, and not before.",
    );
    for known in known_after..bytes.len() {
        check(symptom, &bytes[..known], Err(error.clone()), TOO_LATE);
    }
}

/// Why it must not be seen later.
pub const TOO_LATE: &str = "You say so when more has come, but what is wrong is there already. Whoever sent \
    it may never send another byte: then you hold a connection for nobody. Judge each field as soon as its \
    own bytes are there.";

/// Fails unless your answer to `bytes` is `expected`.
#[track_caller]
pub fn check(symptom: &str, bytes: &[u8], expected: Decoded, because: &str) {
    let got = decode(bytes);
    let because = match got {
        ref got if *got == expected => return,
        Ok(None) if bytes.len() >= HEADER_LEN => "All 24 bytes are there. You need no more to know.",
        _ => because,
    };
    Failure::new(symptom)
        .show(format_args!("what has arrived ({})", count(bytes.len())), drawn(bytes))
        .expected(format_args!("{expected:?}"))
        .got(format_args!("{got:?}"))
        .because(because)
        .page(PAGE)
        .raise();
}

/// `1 byte`, `2 bytes`.
pub fn count(bytes: usize) -> String {
    if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") }
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

/// Numbers that look random and are the same in every run (splitmix64).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `below` - 1.
    pub fn below(&mut self, below: usize) -> usize {
        (self.next() % below as u64) as usize
    }
}
