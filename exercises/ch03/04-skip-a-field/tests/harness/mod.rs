//! Your functions, called so that neither a panic nor a loop without end goes unexplained; and bytes, explained
//! value by value.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ch03_codec::dump::show;
use ch03_codec::tagged::{self, Kind, Tag};
use skip_a_field::SkipError;
use spec_kit::{Failure, TIMED_OUT, hex_dump, within};

pub const PAGE: &str = "chapter 3, \"Old readers, new writers\"";

/// What a function said, and how many bytes it left.
pub type Left<T> = (Result<T, SkipError>, usize);

#[track_caller]
pub fn take(bytes: &[u8], length: u64) -> Left<Vec<u8>> {
    let owned = bytes.to_vec();
    told("take", &format!("take(…, {length}) of\n{}", hex_dump(bytes, &[])), move || {
        let mut input = &owned[..];
        let said = skip_a_field::take(&mut input, length).map(<[u8]>::to_vec);
        (said, input.len())
    })
}

#[track_caller]
pub fn next_tag(bytes: &[u8], field: bool) -> Left<Tag> {
    let owned = bytes.to_vec();
    told("next_tag", &drawn(bytes), move || {
        let mut input = &owned[..];
        let said = skip_a_field::next_tag(&mut input, field);
        (said, input.len())
    })
}

#[track_caller]
pub fn skip(payload: &[u8], kind: Kind, depth: u32) -> Left<()> {
    let owned = payload.to_vec();
    told("skip", &value(kind, payload), move || {
        let mut input = &owned[..];
        let said = skip_a_field::skip(&mut input, kind, depth);
        (said, input.len())
    })
}

/// How much memory `skip` asks for: how often, and how many bytes.
#[track_caller]
pub fn skip_counting(payload: &[u8], kind: Kind) -> (Left<()>, u64, u64) {
    let owned = payload.to_vec();
    told("skip", &value(kind, payload), move || {
        let mut input = &owned[..];
        let mut said = Ok(());
        let info = allocation_counter::measure(|| said = skip_a_field::skip(&mut input, kind, 64));
        ((said, input.len()), info.count_total, info.bytes_total)
    })
}

#[track_caller]
pub fn field(record: &[u8], number: u32) -> Result<Option<Vec<u8>>, SkipError> {
    let owned = record.to_vec();
    told("field", &value(Kind::Record, record), move || {
        skip_a_field::field(&owned, number).map(|found| found.map(<[u8]>::to_vec))
    })
}

/// Runs one of them on a thread of its own, and waits for a bounded time.
#[track_caller]
fn told<T: Send + 'static>(name: &str, given: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    catch_unwind(AssertUnwindSafe(|| within("stepping over a value", work))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned();
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        let (symptom, because) = if text.contains(TIMED_OUT) {
            (
                format!("`{name}` does not come to an end."),
                "A count is a claim. Every value takes a byte at least, so no more of them can follow than \
                 bytes are there: `count` refuses the rest at once.",
            )
        } else {
            (format!("`{name}` panicked over bytes from a stranger."), why_it_panicked(&text))
        };
        Failure::new(symptom)
            .show("given", given)
            .expected("an answer")
            .got(format_args!("a panic: {}", text.trim()))
            .because(because)
            .page(PAGE)
            .raise()
    })
}

fn why_it_panicked(text: &str) -> &'static str {
    if text.contains("attempt to subtract") {
        "Below 0 levels there is nothing: `depth.checked_sub(1)` is `None` when no level is left."
    } else if text.contains("attempt to multiply") || text.contains("attempt to add") {
        "A stranger chose this number, as large as he liked. `count` has looked at it already; whoever takes \
         it by `varint::read` alone must not calculate with it."
    } else if text.contains("out of range") || text.contains("out of bounds") || text.contains("mid > len") {
        "A length is a claim. An index or a slice beyond the end panics; `split_at_checked` and `get` say \
         `None`."
    } else if text.contains("capacity overflow") {
        "Memory was asked for as large as the stranger said. Stepping over something needs none."
    } else {
        "No input may make it panic. The panic says in its own words what went wrong, and the lines above \
         this message say where."
    }
}

/// Values behind each other, with what they say.
pub fn drawn(bytes: &[u8]) -> String {
    /// Enough to see what it is; more would push the message off the screen.
    const SHOWN: usize = 20;
    if bytes.is_empty() {
        return "(no bytes)\n".to_owned();
    }
    let lines = tagged::dump(bytes);
    match lines.get(..SHOWN) {
        Some(first) if lines.len() > SHOWN => {
            format!("{}… and {} more of {} lines\n", show(first), lines.len() - SHOWN, lines.len())
        }
        _ => show(&lines),
    }
}

/// A payload with the tag before it, so that it can be explained.
pub fn value(kind: Kind, payload: &[u8]) -> String {
    drawn(&[&[kind as u8], payload].concat())
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

    /// A value of any kind, `depth` levels at most, with `number` in its tag.
    pub fn value(&mut self, number: u8, depth: usize, out: &mut Vec<u8>) {
        let kind = self.below(if depth == 0 { 8 } else { 12 }) as u8;
        out.push(number << 4 | kind);
        match kind {
            0..=2 => {}
            3 | 4 => out.extend([0x80 | self.next() as u8, 1 + self.below(100) as u8]),
            5 => out.extend(self.next().to_le_bytes()),
            6 | 7 => {
                let length = self.below(4);
                out.push(length as u8);
                out.extend((0..length).map(|_| b'a' + self.below(26) as u8));
            }
            11 => {
                out.push(self.below(100) as u8);
                self.value(0, depth - 1, out);
            }
            _ => {
                let count = self.below(4) as u8;
                out.push(count);
                for index in 0..if kind == 9 { 2 * count } else { count } {
                    self.value(if kind == 10 { index + 1 } else { 0 }, depth - 1, out);
                }
            }
        }
    }
}
