//! Compressed bodies, honest and hostile, and a measure of what unpacking them cost.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use allocation_counter::AllocationInfo;
use ch03_codec::LimitError;
use ch03_codec::compress::DecompressError;
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use spec_kit::{Failure, TIMED_OUT, hex_dump, within};

pub const PAGE: &str = "chapter 3, \"A kilobyte that becomes a gigabyte\"";
pub const KIB: usize = 1024;
pub const MIB: usize = 1024 * KIB;
/// What a decompressor itself needs: 32 KiB of what came out last, and its tables. Another 32 KiB are what a
/// reader around it may need. The contract rounds up.
pub const ITS_OWN: usize = 96 * KIB;

/// An ending for what is not a whole stream: an empty block that says that it is the last.
pub const END: [u8; 2] = [0x03, 0x00];

/// `body` as bare deflate.
pub fn deflate(body: &[u8], level: u32) -> Vec<u8> {
    let mut packed = Vec::with_capacity(body.len() + body.len() / 1000 + 100);
    let mut compress = Compress::new(Compression::new(level), false);
    let status = compress.compress_vec(body, &mut packed, FlushCompress::Finish);
    assert!(matches!(status, Ok(Status::StreamEnd)), "{status:?} with room to spare");
    packed
}

/// So many mebibytes of zeros as bare deflate, without an end. A mebibyte is compressed once, to a kilobyte
/// that depends on nothing before it, and comes again and again.
pub fn zeros_without_end(mebibytes: usize) -> Vec<u8> {
    let mut packed = Vec::with_capacity(4 * KIB);
    let mut compress = Compress::new(Compression::new(9), false);
    let status = compress.compress_vec(&vec![0; MIB], &mut packed, FlushCompress::Full);
    assert!(matches!(status, Ok(Status::Ok)) && packed.len() < 2 * KIB, "{status:?}, {}", packed.len());
    packed.repeat(mebibytes)
}

/// So many mebibytes of zeros, whole.
pub fn bomb(mebibytes: usize) -> Vec<u8> {
    [zeros_without_end(mebibytes), END.to_vec()].concat()
}

/// Bytes that differ from their neighbours, and can be compressed a little.
pub fn mixed(length: usize) -> Vec<u8> {
    (0..length).map(|index| (index * index / 7 % 251) as u8).collect()
}

/// Bytes that cannot be compressed (splitmix64).
pub fn noise(length: usize) -> Vec<u8> {
    let mut state = 6_u64;
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        (mixed >> 56) as u8
    };
    (0..length).map(|_| next()).collect()
}

/// The words of the decompressor about bytes that are no deflate.
pub fn what_is_said(packed: &[u8]) -> String {
    let (mut inflater, mut room) = (Decompress::new(false), vec![0; 2 * MIB]);
    match inflater.decompress(packed, &mut room, FlushDecompress::None) {
        Err(error) => error.to_string(),
        Ok(status) => unreachable!("{status:?} for what is no deflate"),
    }
}

pub type Answer = Result<Vec<u8>, DecompressError>;

/// What happened, and what it cost.
pub struct Bill {
    pub answer: Answer,
    pub memory: AllocationInfo,
}

/// Calls your `inflate` and counts its memory.
pub fn inflate(packed: &[u8], limit: usize) -> Bill {
    let (owned, length) = (packed.to_vec(), packed.len());
    let run = move || {
        let mut answer = None;
        let memory = allocation_counter::measure(|| answer = Some(bomb::inflate(&owned, limit)));
        Bill { answer: answer.expect("it was called"), memory }
    };
    let bill = catch_unwind(AssertUnwindSafe(|| within("your `inflate` unpacks", run)));
    bill.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned();
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        let (symptom, got, because) = if text.contains(TIMED_OUT) {
            (
                "Your `inflate` does not come to an end.",
                TIMED_OUT.to_owned(),
                "Either you ask again and again although nothing moves any more, or you unpack what you will \
                 not keep. `total_in` and `total_out` say whether a call has moved anything. If there was \
                 room and it has not, the rest of the stream is missing: no call will ever bring it.",
            )
        } else if text.contains("overflow") && limit == usize::MAX {
            (
                "Your `inflate` panicked.",
                text,
                "A limit may be `usize::MAX`, and there is no number one above it: `saturating_add`.",
            )
        } else if text.contains("DecompressError") {
            (
                "Your `inflate` panicked over bytes from a stranger.",
                text,
                "The decompressor returns an error for what is no deflate: no reason to panic, but to return \
                 `Corrupt`. `map_err` makes the one of the other.",
            )
        } else {
            (
                "Your `inflate` panicked over bytes from a stranger.",
                text,
                "No input and no limit may make it panic. The panic says in its own words what went wrong.",
            )
        };
        Failure::new(symptom)
            .show(format_args!("packed ({}), with a limit of {limit}", in_bytes(length)), drawn(packed))
            .expected("an answer")
            .got(got)
            .because(because)
            .page(PAGE)
            .raise()
    })
}

/// An answer, without its bytes.
pub fn shown(answer: &Answer) -> String {
    match answer {
        Ok(body) => format!("Ok, {}", in_bytes(body.len())),
        Err(DecompressError::Limit(LimitError::TooBig { got, limit })) => {
            format!("Err(Limit(TooBig {{ got: {got}, limit: {limit} }}))")
        }
        Err(error) => format!("Err({error:?})"),
    }
}

/// The beginning of the bytes.
pub fn drawn(bytes: &[u8]) -> String {
    const SHOWN: usize = 32;
    if bytes.len() <= SHOWN {
        return hex_dump(bytes, &[]);
    }
    format!("{}… and {} bytes more\n", hex_dump(&bytes[..SHOWN], &[]), bytes.len() - SHOWN)
}

/// `1 byte`, `2 bytes`.
pub fn in_bytes(count: usize) -> String {
    if count == 1 { "1 byte".to_owned() } else { format!("{count} bytes") }
}
