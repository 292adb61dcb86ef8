//! Bytes that nobody would send who means well, and honest bytes cut in every way. What must be true of them
//! is in `invariants`; here they are made.
//!
//! `CASES=10000000 cargo test --release -p ch02-protocol --test hostile -- --nocapture` tries that many byte
//! strings, and a tenth as many honest streams. Without `CASES` it is a number that takes seconds. Every case
//! has its own seed, so a failure names a case that `CASE=… ` repeats alone.

mod invariants;

use std::fmt;

use ch02_protocol::decode::{ON_CREDIT, READ_ROOM};
use ch02_protocol::{
    DecodeError, EncodeError, Extensions, Frame, FrameDecoder, FrameLimits, HEADER_LEN, Kind, Status, dissect,
};
use fastrand::Rng;

/// Byte strings, unless `CASES` says otherwise.
const CASES: u64 = 20_000;

/// Limits that short cases reach.
const TIGHT: FrameLimits = FrameLimits { max_header: 64, max_body: 300 };

#[test]
fn every_cut_of_an_honest_stream_gives_the_frames_that_were_sent() {
    let mut seen = Seen::default();
    each_case(number("CASES").unwrap_or(CASES) / 10, |rng| {
        let (sent, bytes) = honest_stream(rng, FrameLimits::default());
        let outcome = invariants::check(&bytes, &sizes(rng), FrameLimits::default());
        assert_eq!(outcome.error, None);
        assert_eq!(outcome.frames, sent);
        seen.count(&bytes, &outcome);
    });
    println!("honest streams in random cuts\n{seen}");
}

#[test]
fn no_byte_string_brings_the_decoder_down() {
    let mut seen = Seen::default();
    each_case(number("CASES").unwrap_or(CASES), |rng| {
        let limits = if rng.bool() { TIGHT } else { FrameLimits::default() };
        let bytes = hostile_bytes(rng, limits);
        let outcome = invariants::check(&bytes, &sizes(rng), limits);
        seen.count(&bytes, &outcome);
        // A person who looks at a dump is told of every fault that a decoder would name. (Every tenth case:
        // text takes longer to make than frames.)
        if limits == FrameLimits::default() && rng.u8(..10) == 0 {
            let sound = dissect::Dissection::of(&bytes).is_sound();
            assert!(!sound || outcome.error.is_none(), "no fault in\n{}", dissect(&bytes));
        }
    });
    println!("hostile byte strings in random cuts\n{seen}");
    if number("CASE").is_none() {
        // A generator that never comes past the magic number would prove nothing.
        for (name, count) in seen.errors {
            assert!(count > 0, "no case ended in {name}");
        }
        assert!(seen.frames > 0);
    }
}

/// What a stranger can make us take with 25 bytes, and what the longest frame costs that an honest sender
/// sends.
#[test]
fn memory_has_to_be_earned() {
    let limits = FrameLimits::default();
    let longest = Frame::new(Kind::Request, 1, vec![7; limits.max_body as usize]).to_bytes().unwrap();
    let announced = invariants::check(&longest[..=HEADER_LEN], &[HEADER_LEN as u16, 1], limits).peak;
    assert!(announced >= ON_CREDIT as u64, "nobody read after the announcement: {announced}");
    // While the header moves there are two buffers. This is sharper than what `check` allows for 25 bytes.
    let most = (READ_ROOM + HEADER_LEN + ON_CREDIT) as u64 + invariants::BOOKKEEPING;
    assert!(announced <= most, "{announced} bytes of memory for 25 received, at most {most}");
    let whole = invariants::check(&longest, &[], limits).peak;
    println!("longest frame, announced by 24 bytes, and 1 byte of it sent: {announced} bytes of memory");
    println!("longest frame, all {} bytes of it sent: {whole} bytes of memory", longest.len());
    println!("stated limit: 2 × {} bytes", FrameDecoder::largest_buffer(&limits));
}

/// How many cases there were, and how they ended.
#[derive(Default)]
struct Seen {
    cases: u64,
    bytes: u64,
    frames: u64,
    unfinished: u64,
    errors: [(&'static str, u64); NAMES.len()],
    peak: u64,
}

const NAMES: [&str; 9] = [
    "WrongMagic",
    "UnknownVersion",
    "UnknownKind",
    "HeaderTooShort",
    "HeaderTooLong",
    "UnexpectedStatus",
    "UnexpectedBody",
    "BodyTooLong",
    "BadExtension",
];

impl Seen {
    fn count(&mut self, bytes: &[u8], outcome: &invariants::Outcome) {
        self.cases += 1;
        self.bytes += bytes.len() as u64;
        self.frames += outcome.frames.len() as u64;
        self.peak = self.peak.max(outcome.peak);
        let Some(error) = &outcome.error else {
            self.unfinished += 1;
            return;
        };
        let index = match error {
            DecodeError::WrongMagic { .. } => 0,
            DecodeError::UnknownVersion { .. } => 1,
            DecodeError::UnknownKind { .. } => 2,
            DecodeError::HeaderTooShort { .. } => 3,
            DecodeError::HeaderTooLong { .. } => 4,
            DecodeError::UnexpectedStatus { .. } => 5,
            DecodeError::UnexpectedBody { .. } => 6,
            DecodeError::BodyTooLong { .. } => 7,
            DecodeError::BadExtension { .. } => 8,
        };
        for (slot, name) in self.errors.iter_mut().zip(NAMES) {
            slot.0 = name;
        }
        self.errors[index].1 += 1;
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cases, bytes, frames, unfinished, errors, peak } = self;
        writeln!(f, "  cases            {cases:>12}")?;
        writeln!(f, "  bytes            {bytes:>12}")?;
        writeln!(f, "  frames           {frames:>12}")?;
        writeln!(f, "  no error         {unfinished:>12}")?;
        for (name, count) in errors.iter().filter(|(_, count)| *count > 0) {
            writeln!(f, "  {name:<17}{count:>12}")?;
        }
        writeln!(f, "  peak memory      {peak:>12} bytes")
    }
}

/// A number from the environment.
fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name}: expected a number, got {text:?}")))
}

/// Runs `case` with the seeds from 0 on, or with the one that `CASE` names.
fn each_case(count: u64, mut case: impl FnMut(&mut Rng)) {
    struct Named(u64);
    impl Drop for Named {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("this was case {0}: CASE={0} repeats it", self.0);
            }
        }
    }
    let cases = number("CASE").map_or(0..count, |only| only..only + 1);
    for seed in cases {
        if seed > 0 && seed % 1_000_000 == 0 {
            eprintln!("{seed} of {count} cases");
        }
        let _named = Named(seed);
        case(&mut Rng::with_seed(seed));
    }
}

/// The lengths of pieces: single bytes, a mixture, or large ones.
fn sizes(rng: &mut Rng) -> Vec<u16> {
    let largest = *rng.choice(&[1, 3, 30, 300, 20_000]).expect("not empty");
    (0..rng.usize(1..6)).map(|_| rng.u16(0..=largest)).collect()
}

fn honest_stream(rng: &mut Rng, limits: FrameLimits) -> (Vec<Frame>, Vec<u8>) {
    let mut frames = Vec::new();
    let mut bytes = Vec::new();
    for _ in 0..rng.usize(1..6) {
        let frame = honest_frame(rng, limits);
        bytes.extend(frame.to_bytes().expect("within the default limits"));
        frames.push(frame);
    }
    (frames, bytes)
}

fn honest_frame(rng: &mut Rng, limits: FrameLimits) -> Frame {
    let kind = *rng.choice(&Kind::ALL).expect("not empty");
    let body_len = match rng.u16(..) {
        // Seldom, because they take long: a body that is larger than what a decoder takes on credit.
        0..64 => rng.usize(..3 * ON_CREDIT),
        64..1024 => rng.usize(..3 * READ_ROOM),
        _ => rng.usize(..80),
    };
    let body_len = if kind.has_body() { body_len.min(limits.max_body as usize) } else { 0 };
    let mut extensions = Extensions::none();
    for _ in 0..rng.usize(..3) {
        let number = rng.u8(1..=127);
        if extensions.get(number).is_none() {
            extensions = extensions.with(number, rng.bool(), &noise(rng, 16));
        }
    }
    let frame = Frame {
        kind,
        codec: rng.u8(..),
        compressor: rng.u8(..),
        status: if kind.has_status() { Status(rng.u16(..)) } else { Status::OK },
        request_id: rng.u64(..),
        extensions,
        body: vec![rng.u8(..); body_len].into(),
    };
    match frame.header(&limits) {
        Err(EncodeError::HeaderTooLong { .. }) => frame.with_extensions(Extensions::none()),
        _ => frame,
    }
}

fn noise(rng: &mut Rng, most: usize) -> Vec<u8> {
    let length = rng.usize(..=most);
    (0..length).map(|_| rng.u8(..)).collect()
}

fn hostile_bytes(rng: &mut Rng, limits: FrameLimits) -> Vec<u8> {
    let (_, mut bytes) = honest_stream(rng, limits);
    match rng.u8(..8) {
        // Pure noise ends at its first byte nearly always; once in a while is enough.
        0 => bytes = noise(rng, 200),
        // The beginning of a header, and noise.
        1 => {
            bytes.truncate(rng.usize(..=HEADER_LEN));
            bytes.extend(noise(rng, 100));
        }
        // Whole frames, and then noise.
        2 => bytes.extend(noise(rng, 100)),
        // The end is missing.
        3 => bytes.truncate(rng.usize(..=bytes.len())),
        // A field of the first header holds a value that somebody would try.
        4 | 5 => {
            let (at, length) = *rng.choice(&[(4, 1), (5, 1), (8, 2), (10, 2), (20, 4)]).expect("not empty");
            let value = tempting(rng, limits).to_be_bytes();
            bytes[at..at + length].copy_from_slice(&value[4 - length..]);
        }
        // Some bytes are others.
        6 => {
            for _ in 0..rng.usize(1..4) {
                let at = rng.usize(..bytes.len());
                bytes[at] = *rng.choice(&[0, 1, 0x7F, 0x80, 0xFF, bytes[at] ^ 1]).expect("not empty");
            }
        }
        // A stretch is gone, and all that follows is out of place.
        _ => {
            let from = rng.usize(..bytes.len());
            let to = rng.usize(from..=bytes.len().min(from + 40));
            bytes.drain(from..to);
        }
    }
    bytes
}

/// Numbers at which mistakes live.
fn tempting(rng: &mut Rng, limits: FrameLimits) -> u32 {
    let (header, body) = (u32::from(limits.max_header), limits.max_body);
    let near = *rng.choice(&[0, 24, 27, header, body, 1 << 15, 1 << 16, 1 << 31]).expect("not empty");
    near.wrapping_add(rng.u32(..3)).wrapping_sub(1)
}
