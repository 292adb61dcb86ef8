//! Your four functions, called so that neither a panic nor a loop without end goes unexplained.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ch02_protocol::DecodeError;
use ch02_protocol::error::ExtensionFault;
use spec_kit::{Failure, TIMED_OUT, hex_dump, within};

pub const PAGE: &str = "chapter 2, \"Room for what comes later\"";

/// What `next_extension` found, so that it can leave its thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub number: u8,
    pub critical: bool,
    pub value: Vec<u8>,
    /// How many bytes come behind it.
    pub rest: usize,
}

#[track_caller]
pub fn next_extension(bytes: &[u8]) -> Result<Found, ExtensionFault> {
    told("next_extension", bytes, |bytes| {
        extensions::next_extension(bytes).map(|(extension, rest)| Found {
            number: extension.number,
            critical: extension.critical,
            value: extension.value.to_vec(),
            rest: rest.len(),
        })
    })
}

#[track_caller]
pub fn check(bytes: &[u8]) -> Result<(), DecodeError> {
    told("check", bytes, extensions::check)
}

#[track_caller]
pub fn unknown_critical(bytes: &[u8], known: &[u8]) -> Option<u8> {
    let known = known.to_vec();
    told("unknown_critical", bytes, move |bytes| extensions::unknown_critical(bytes, &known))
}

#[track_caller]
pub fn find(bytes: &[u8], number: u8) -> Option<Vec<u8>> {
    told("find", bytes, move |bytes| extensions::find(bytes, number).map(<[u8]>::to_vec))
}

/// Runs one of them on a thread of its own, and waits for a bounded time.
#[track_caller]
fn told<T: Send + 'static>(name: &str, bytes: &[u8], work: impl FnOnce(&[u8]) -> T + Send + 'static) -> T {
    let owned = bytes.to_vec();
    let answer = catch_unwind(AssertUnwindSafe(|| within("stepping over extensions", move || work(&owned))));
    answer.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned();
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        let (symptom, got, because) = if text.contains(TIMED_OUT) {
            (
                format!("`{name}` runs in a circle."),
                TIMED_OUT.to_owned(),
                "After every extension the rest must be shorter than before, or the loop never ends. An \
                 extension without a value still is three bytes long: step over them.",
            )
        } else {
            (
                format!("`{name}` panicked over bytes from a stranger."),
                format!("a panic: {text}"),
                why_it_panicked(&text, bytes),
            )
        };
        Failure::new(symptom)
            .show("the extensions", drawn(bytes))
            .expected("an answer")
            .got(got)
            .because(because)
            .page(PAGE)
            .raise()
    })
}

/// What the panic's own words give away.
fn why_it_panicked(text: &str, bytes: &[u8]) -> &'static str {
    // "index out of bounds: the len is 128 but the index is 131": so long is an array of the reader's own. What
    // these tests send is shorter, or much longer, and when it runs out there is little left of it.
    let indexed = text.split_once("out of bounds: the len is ").and_then(|(_, rest)| rest.split_once(' '));
    let indexed = indexed.and_then(|(length, _)| length.parse::<usize>().ok());
    if text.contains("attempt to shift")
        || indexed.is_some_and(|length| length > bytes.len() || (32..=256).contains(&length))
    {
        "Numbers reach 127, after the critical bit is masked off. Is there room for each of them where you \
         remember them, and is that bit off before you look there?"
    } else if indexed.is_some() || text.contains("for slice of length") || text.contains("mid > len") {
        "A length is a claim. Before you take so many bytes, look whether they are there: an index or a \
         slice out of bounds panics, `get` and `split_at_checked` do not."
    } else {
        "No input may make it panic. The panic says in its own words what went wrong, and the lines above \
         this message say where."
    }
}

/// `1 byte`, `2 bytes`.
pub fn count(bytes: usize) -> String {
    if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") }
}

/// The bytes, with a note below each extension, as far as they can be told apart; of many the beginning.
pub fn drawn(bytes: &[u8]) -> String {
    /// Three rows show how it goes on, and the message below them still is on the screen.
    const SHOWN: usize = 48;
    let mut notes = Vec::new();
    let mut at = 0;
    while let Some(head) = bytes.get(at..at + 3) {
        let length = usize::from(head[1]) << 8 | usize::from(head[2]);
        let critical = if head[0] & 0x80 == 0 { "" } else { ", critical" };
        let cut = if at + 3 + length > bytes.len() { ": more than there are" } else { "" };
        notes.push((at..at + 3, format!("number {}{critical}, length {length}{cut}", head[0] & 0x7F)));
        at = (at + 3 + length).min(bytes.len());
    }
    let notes: Vec<_> = notes.iter().map(|(place, note)| (place.clone(), note.as_str())).collect();
    if bytes.len() <= 2 * SHOWN {
        return hex_dump(bytes, &notes);
    }
    format!("{}… and {} bytes more\n", hex_dump(&bytes[..SHOWN], &notes), bytes.len() - SHOWN)
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
