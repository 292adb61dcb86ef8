//! Bytes at random, and bodies that meant well until somebody changed them.

use std::collections::BTreeMap;

use ch03_codec::{CodecError, CodecTable, LimitError, Limits};
use fastrand::Rng;

use crate::common;
use crate::common::made::Maker;
use crate::memory::{most_memory, peak};
use crate::targets::{self, HARD};

/// Byte strings, unless `CASES` says otherwise.
const CASES: u64 = 8000;

/// Limits that short bodies reach.
const TIGHT: Limits = Limits { max_depth: 5, max_elements: 12, max_text: 20, max_total: 400 };

#[test]
fn no_body_brings_a_decoder_down() {
    let codecs: Vec<_> = CodecTable::default().iter().cloned().collect();
    let honest = targets::honest();
    let mut seen = BTreeMap::<(&str, &str), u64>::new();
    let mut dearest = BTreeMap::<&str, (u64, u64, usize, &str)>::new();
    let cases = common::each_case(CASES, |mut rng| {
        let codec = &codecs[rng.usize(..codecs.len())];
        let &(name, decode, body) = rng.choice(&honest).expect("not empty");
        let mut bytes = body(&mut Maker::new(rng.fork()), &**codec);
        disturb(&mut bytes, &mut rng);
        // As what it was, as something else, or as something hard.
        let (name, decode) = match rng.u8(..3) {
            0 => (name, decode),
            1 => {
                let &(name, decode, _) = rng.choice(&honest).expect("not empty");
                (name, decode)
            }
            _ => *rng.choice(&HARD).expect("not empty"),
        };
        let limits = if rng.bool() { TIGHT } else { Limits::default() };
        let mut result = Ok(());
        let took = peak(|| result = decode(&**codec, &bytes, &limits));
        let most = most_memory(bytes.len(), &limits);
        let length = bytes.len();
        assert!(took <= most, "{} as {name}: {took} bytes for {length}, at most {most}", codec.name());
        let ended = match result {
            Ok(()) => "a value",
            Err(CodecError::Decode { .. }) => "no value",
            Err(CodecError::LeftOver { .. }) => "left over",
            Err(CodecError::Limit(LimitError::TooDeep { .. })) => "too deep",
            Err(CodecError::Limit(LimitError::TooManyElements { .. })) => "too many",
            Err(CodecError::Limit(LimitError::TextTooLong { .. })) => "text too long",
            Err(CodecError::Limit(LimitError::TooBig { .. })) => "too big",
            Err(error) => panic!("a decoder does not say so: {error}"),
        };
        *seen.entry((codec.name(), ended)).or_default() += 1;
        let dear = dearest.entry(codec.name()).or_default();
        *dear = (*dear).max((took * 1000 / most, took, length, name));
    });
    println!("{cases} bodies");
    for ((codec, ended), count) in &seen {
        println!("  {codec:<9} {ended:<14} {count:>9}");
    }
    for (codec, (share, took, length, name)) in dearest {
        let share = share as f64 / 10.0;
        println!(
            "  {codec:<9} dearest: {took} bytes for {length} received as {name}, {share} % of the bound"
        );
    }
    if common::number("CASE").is_none() {
        // Bodies that never come past the first byte would prove nothing.
        for codec in &codecs {
            for ended in ["a value", "no value", "too deep", "too big"] {
                assert!(
                    seen.contains_key(&(codec.name(), ended)),
                    "{}: no case ended in {ended}",
                    codec.name()
                );
            }
        }
        for ended in ["left over", "too many", "text too long"] {
            assert!(seen.keys().any(|(_, is)| *is == ended), "no case ended in {ended}");
        }
    }
}

/// What has a meaning in one of the formats: kinds, lengths, ends, and numbers at which mistakes live.
const TEMPTING: [&[u8]; 32] = [
    b"\0",
    b"\x01",
    b"\x7f",
    b"\x80",
    b"\xff",
    b"[",
    b"]",
    b"{",
    b"}",
    b"\"",
    b"\\u",
    b"null",
    b"1e999",
    b"-",
    // tagged: records, lists, maps, variants
    b"\x0a",
    b"\x08\x01",
    b"\x09\x01",
    b"\x0b\x00",
    b"\x1b\x05",
    // Hessian2: definitions, objects, references, lists, maps, texts
    b"C",
    b"O\x90",
    b"Q\x90",
    b"\x51\x91",
    b"\x57",
    b"\x79",
    b"H",
    b"Z",
    b"R\x00\x01",
    b"I\x7f\xff\xff\xff",
    // The longest varints of each.
    b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
    b"\xfd\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\xfc\xff\xff\xff\xff",
];

fn disturb(bytes: &mut Vec<u8>, rng: &mut Rng) {
    match rng.u8(..12) {
        // As it was: limits and other types are hostile enough.
        0..3 => {}
        3 => {
            bytes.resize(rng.usize(..200), 0);
            rng.fill(bytes);
        }
        4 => bytes.truncate(rng.usize(..=bytes.len())),
        // The same beginning again and again: what opens without end.
        5 => {
            let opening = rng.choice(&TEMPTING).expect("not empty").repeat(rng.usize(1..200));
            bytes.splice(..0, opening);
        }
        // A stretch is there twice, or is gone.
        6 | 7 => {
            let from = rng.usize(..=bytes.len());
            let to = rng.usize(from..=bytes.len().min(from + 40));
            let stretch = bytes[from..to].to_vec();
            let again = if rng.bool() { rng.usize(2..9) } else { 0 };
            bytes.splice(from..to, stretch.repeat(again));
        }
        // Something is put in, or stands in the place of something.
        _ => {
            for _ in 0..rng.usize(1..4) {
                let at = rng.usize(..=bytes.len());
                let to = if rng.bool() { at } else { bytes.len().min(at + 1) };
                let put = *rng.choice(&TEMPTING).expect("not empty");
                bytes.splice(at..to, put.iter().copied());
            }
        }
    }
}
