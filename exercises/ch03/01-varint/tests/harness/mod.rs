//! Your four functions, called so that neither a panic nor a loop without end goes unexplained; and varints,
//! drawn bit by bit.

use std::any::Any;
use std::fmt::Write as _;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

use ch03_codec::tagged::varint::VarintError;
use spec_kit::{Failure, TIMED_OUT};

pub const PAGE: &str = "chapter 3, \"Small numbers, few bytes\"";

/// What `write` appends for `value`.
#[track_caller]
pub fn write(value: u64) -> Vec<u8> {
    write_behind(&[], value)
}

/// What `out` holds when `write` is called with `before` in it.
#[track_caller]
pub fn write_behind(before: &[u8], value: u64) -> Vec<u8> {
    let mut out = before.to_vec();
    told("write", &format!("write({value}, …)"), move || {
        varint::write(value, &mut out);
        out
    })
}

/// What `read` said, and what it left of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub said: Result<u64, VarintError>,
    pub left: Vec<u8>,
}

#[track_caller]
pub fn read(bytes: &[u8]) -> Answer {
    let owned = bytes.to_vec();
    told("read", &drawn(bytes), move || {
        let mut input = &owned[..];
        let said = varint::read(&mut input);
        Answer { said, left: input.to_vec() }
    })
}

#[track_caller]
pub fn zigzag(value: i64) -> u64 {
    told("zigzag", &format!("zigzag({value})"), move || varint::zigzag(value))
}

#[track_caller]
pub fn unzigzag(value: u64) -> i64 {
    told("unzigzag", &format!("unzigzag({value})"), move || varint::unzigzag(value))
}

/// Runs one of them on a thread of its own, and waits for a bounded time.
///
/// A `write` without an end fills the memory as long as it runs, some 300 MB a second. So there is never more
/// than one, the wait is shorter than elsewhere (thirty looks at the clock, so that a machine that slept counts
/// as one), and whoever comes later is told at once.
#[track_caller]
fn told<T: Send + 'static>(name: &'static str, call: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    const LOOKS: u32 = 30;
    const BETWEEN: Duration = Duration::from_millis(100);
    static ENDLESS: Mutex<Option<(&str, String)>> = Mutex::new(None);

    let mut endless = ENDLESS.lock().unwrap_or_else(PoisonError::into_inner);
    if endless.as_ref().is_none_or(|(culprit, _)| *culprit != name) {
        let (done, wait) = mpsc::channel();
        let worker = std::thread::Builder::new()
            .name(std::thread::current().name().unwrap_or("spec").to_owned())
            .spawn(move || {
                // The receiver is gone only after a time-out, when nobody wants the value any more.
                let _ = done.send(work());
            })
            .expect("a test can start a thread");
        for _ in 0..LOOKS {
            match wait.recv_timeout(BETWEEN) {
                Ok(value) => return value,
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    drop(endless);
                    panicked(name, call, worker.join().expect_err("it sends before it ends"));
                }
            }
        }
        *endless = Some((name, call.to_owned()));
    }
    let call = endless.as_ref().map_or(String::new(), |(_, call)| call.clone());
    drop(endless);
    Failure::new(format_args!("`{name}` does not come to an end."))
        .show("called with", call)
        .expected("an answer")
        .got(TIMED_OUT)
        .because(
            "Something must be less after each turn of the loop: in `write` the bits that are left, in \
             `read` the bytes.",
        )
        .page(PAGE)
        .raise()
}

#[track_caller]
fn panicked(name: &str, call: &str, panic: Box<dyn Any + Send>) -> ! {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned();
    if text.starts_with("not yet implemented") {
        resume_unwind(panic); // a hole that is still open
    }
    let because = if text.contains("attempt to shift left") {
        "A `u64` has 64 bits: nine groups of seven, and one bit. Whatever comes behind that is shifted out \
         of it. Look at the tenth byte before you shift, or a stranger ends your program with eleven bytes."
    } else if text.contains("index out of bounds") || text.contains("range") || text.contains("mid > len") {
        "The input may end anywhere, also before its first byte. An index beyond the end panics; `get`, \
         `split_first` and an iterator do not."
    } else if text.contains("attempt to") && name == "zigzag" {
        "The smallest number, i64::MIN, has no positive twin: -i64::MIN and i64::MIN.abs() do not fit into \
         an i64. Folding needs no arithmetic: shifts and an exclusive or cannot overflow."
    } else {
        "No number and no input may make it panic. The panic says in its own words what went wrong, and the \
         lines above this message say where."
    };
    Failure::new(format_args!("`{name}` panicked."))
        .show("called with", call)
        .expected("an answer")
        .got(format_args!("a panic: {text}"))
        .because(because)
        .page(PAGE)
        .raise()
}

/// One byte a row: its high bit, and its seven bits of the number.
pub fn drawn(bytes: &[u8]) -> String {
    /// The longest varint, and a little of what comes behind it.
    const SHOWN: usize = 12;
    let mut text = String::new();
    for (at, &byte) in bytes.iter().enumerate().take(SHOWN) {
        let (more, group) = (byte >> 7, byte & 0x7f);
        let note = if more == 1 { "more will come" } else { "the end" };
        let _ = writeln!(text, "{at:04x}  {byte:02x}   {more} {group:07b}   {note}");
    }
    if bytes.len() > SHOWN {
        let _ = writeln!(text, "… and {} more, {} in all", bytes.len() - SHOWN, bytes.len());
    }
    if bytes.is_empty() {
        text.push_str("(no bytes)\n");
    }
    text
}

/// `1 byte is left`, `2 bytes are left`.
pub fn left(count: usize) -> String {
    if count == 1 { "1 byte is left".to_owned() } else { format!("{count} bytes are left") }
}

/// The numbers at which something changes: all powers of two, one less, one more.
pub fn borders() -> Vec<u64> {
    let mut all: Vec<u64> =
        (0..64).map(|bits| 1u64 << bits).flat_map(|power| [power - 1, power, power + 1]).collect();
    all.extend([300, u64::MAX - 1, u64::MAX]);
    all.sort_unstable();
    all.dedup();
    all
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
