//! What Java has written, and your four functions, called so that a panic is explained.

mod chunks;

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::Command;

use ch03_codec::hessian::{Error, Reader};
use spec_kit::{Failure, TIMED_OUT, hex_dump, within};

pub use chunks::cause;

pub const PAGE: &str = "chapter 3, \"A byte that is a number\"";

/// Every value of these tests stands behind two others, the ints 1 and 2: a message rarely begins with yours.
pub const BEFORE: [u8; 2] = [0x91, 0x92];
/// And before another, the int 7.
pub const BEHIND: u8 = 0x97;

/// Ints as Java's own library writes them.
pub const JAVA_INTS: [(i32, &[u8]); 12] = [
    (0, b"\x90"),
    (-16, b"\x80"),
    (47, b"\xbf"),
    (48, b"\xc8\x30"),
    (-17, b"\xc7\xef"),
    (-2048, b"\xc0\x00"),
    (2047, b"\xcf\xff"),
    (2048, b"\xd4\x08\x00"),
    (-262_144, b"\xd0\x00\x00"),
    (262_143, b"\xd7\xff\xff"),
    (262_144, b"\x49\x00\x04\x00\x00"),
    (i32::MIN, b"\x49\x80\x00\x00\x00"),
];

/// The other sides of the borders.
pub const MORE_INTS: [(i32, &[u8]); 12] = [
    (1, b"\x91"),
    (-1, b"\x8f"),
    (46, b"\xbe"),
    (-15, b"\x81"),
    (255, b"\xc8\xff"),
    (256, b"\xc9\x00"),
    (-256, b"\xc7\x00"),
    (-2049, b"\xd3\xf7\xff"),
    (65_536, b"\xd5\x00\x00"),
    (-262_145, b"\x49\xff\xfb\xff\xff"),
    (0x0102_0304, b"\x49\x01\x02\x03\x04"),
    (i32::MAX, b"\x49\x7f\xff\xff\xff"),
];

/// Short texts as Java's own library writes them.
pub fn java_texts() -> Vec<(String, Vec<u8>)> {
    vec![
        (String::new(), b"\x00".to_vec()),
        ("x".repeat(31), [&[0x1F][..], &[b'x'; 31]].concat()),
        ("x".repeat(32), [&[0x30, 0x20][..], &[b'x'; 32]].concat()),
        ("中文".to_owned(), b"\x02\xe4\xb8\xad\xe6\x96\x87".to_vec()),
        ("😀".to_owned(), b"\x02\xed\xa0\xbd\xed\xb8\x80".to_vec()),
    ]
}

/// How long Java's library makes a text of so many `x`, and what it begins with.
pub const JAVA_LONG_TEXTS: [(usize, usize, [u8; 4]); 6] = [
    (1023, 1025, [0x33, 0xFF, b'x', b'x']),
    (1024, 1027, [b'S', 0x04, 0x00, b'x']),
    (32_768, 32_771, [b'S', 0x80, 0x00, b'x']),
    (32_769, 32_773, [b'R', 0x80, 0x00, b'x']),
    (65_536, 65_542, [b'R', 0x80, 0x00, b'x']),
    (100_000, 100_012, [b'R', 0x80, 0x00, b'x']),
];

/// What your `write_int` appends.
pub fn write_int(value: i32) -> Vec<u8> {
    appended("write_int", format!("{value}"), move |out| hessian_primitives::write_int(out, value))
}

/// What your `write_string` appends.
pub fn write_string(text: &str) -> Vec<u8> {
    let owned = text.to_owned();
    appended("write_string", named(text), move |out| hessian_primitives::write_string(out, &owned))
}

/// What your function finds behind [`BEFORE`], and the offset at which it stops.
pub fn read_int(value: &[u8]) -> (Result<i32, Error>, usize) {
    read("read_int", value, hessian_primitives::read_int)
}

/// The same for texts.
pub fn read_string(value: &[u8]) -> (Result<String, Error>, usize) {
    read("read_string", value, hessian_primitives::read_string)
}

fn appended(name: &'static str, value: String, work: impl FnOnce(&mut Vec<u8>) + Send + 'static) -> Vec<u8> {
    let run = move || {
        let mut out = BEFORE.to_vec();
        work(&mut out);
        out
    };
    let out = told(name, "the value", &value, run);
    if !out.starts_with(&BEFORE) {
        Failure::new(format_args!("`{name}` changed what was written before it."))
            .expected("91 92, and behind them the value")
            .got(drawn(&out))
            .because("`out` is the message so far. A value goes behind it.")
            .page(PAGE)
            .raise();
    }
    out[BEFORE.len()..].to_vec()
}

fn read<T: Send + 'static>(
    name: &'static str,
    value: &[u8],
    work: impl FnOnce(&mut Reader<'_>) -> Result<T, Error> + Send + 'static,
) -> (Result<T, Error>, usize) {
    let bytes = [&BEFORE[..], value].concat();
    let run = {
        let bytes = bytes.clone();
        move || {
            let mut reader = Reader::new(&bytes);
            reader.take(BEFORE.len(), "what stands before").expect("it is there");
            (work(&mut reader), reader.at())
        }
    };
    told(name, "the message", &drawn(&bytes), run)
}

fn told<T: Send + 'static>(
    name: &str,
    title: &str,
    evidence: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> T {
    let answer = catch_unwind(AssertUnwindSafe(|| within("your function runs", work)));
    answer.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned();
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        let because = if text.contains(TIMED_OUT) {
            "Each chunk must leave less to be written, or to be read, than there was before it."
        } else if text.contains("overflow") && name == "write_int" {
            "A negative number takes the first byte below the tag of zero. `tag::INT_ZERO + low` overflows a \
             `u8` then; `wrapping_add` does not mind. Or add as `i32`, and let the last step be `as u8`."
        } else if text.contains("subtract") && name == "read_int" {
            "A first byte below the tag of zero is a negative high part: make an `i32` of both before you \
             subtract."
        } else if text.contains("overflow") {
            "A number of this size does not fit where you calculate with it. Take an `i32` first, or a \
             `usize`; a shorter number comes last."
        } else if text.contains("char boundary") {
            "A character is up to four bytes long in a `&str`, and can only be cut between two. The units are \
             a `Vec<u16>`, which can be cut anywhere: but not within a pair."
        } else {
            "No message and no value may make it panic. The panic says in its own words what went wrong."
        };
        let timed_out = text.contains(TIMED_OUT);
        Failure::new(format_args!("`{name}` {}.", if timed_out { "does not come to an end" } else { "panicked" }))
            .show(title, evidence)
            .expected("an answer")
            .got(if timed_out { TIMED_OUT } else { text.trim() })
            .because(because)
            .page(PAGE)
            .raise()
    })
}

/// Runs a test once more, in a process of its own, and says whether it came to an end there, green or red. A stack
/// that overflows ends a process: nothing in it could say so. In that other process the answer is yes.
pub fn a_process_survives(test: &str) -> bool {
    const ALONE: &str = "WORKSHOP_ALONE";
    if env::var_os(ALONE).is_some() {
        return true;
    }
    let output = env::current_exe()
        .and_then(|spec| Command::new(spec).arg(test).env(ALONE, "1").env_remove("RUST_MIN_STACK").output());
    let output = output.expect("a test can start a process");
    !String::from_utf8_lossy(&output.stderr).contains("overflowed its stack")
}

/// The beginning of the bytes, with a note below the value that counts.
pub fn drawn(bytes: &[u8]) -> String {
    const SHOWN: usize = 48;
    if bytes.len() <= SHOWN {
        return hex_dump(bytes, &[]);
    }
    format!("{}… and {} bytes more\n", hex_dump(&bytes[..SHOWN], &[]), bytes.len() - SHOWN)
}

/// `c8 30`, and of many the beginning.
pub fn hex(bytes: &[u8]) -> String {
    const SHOWN: usize = 12;
    let hex: Vec<String> = bytes.iter().take(SHOWN).map(|byte| format!("{byte:02x}")).collect();
    let more = if bytes.len() > SHOWN { format!(" … ({} bytes)", bytes.len()) } else { String::new() };
    hex.join(" ") + &more
}

/// A text, for people; of a long one the beginning.
pub fn named(text: &str) -> String {
    let units = text.encode_utf16().count();
    if units <= 12 {
        return format!("{text:?} ({units} unit{})", if units == 1 { "" } else { "s" });
    }
    format!("{:?}… ({units} units)", text.chars().take(8).collect::<String>())
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
}
