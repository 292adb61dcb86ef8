//! What was written is read: for values of every type, in every format. [S-01]
//!
//! `CASES=20000 cargo test --release -p ch03-codec --test round_trip -- --nocapture` tries that many values of
//! each type. Every case has its own seed, so a failure names a case that `CASE=…` repeats alone.

mod carries;
mod common;

use std::collections::BTreeMap;

use ch03_codec::codec::Codec;
use ch03_codec::compress::Policy;
use ch03_codec::shop::{Item, Order, Request, Response};
use ch03_codec::{CodecError, CodecTable, CompressorTable, Format, Limits, Marshaller, hessian, tagged};
use common::made::{Made, Maker};
use common::types::{Everything, Newtype, Pair, Shape, Unit, for_every_type};
use fastrand::Rng;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_bytes::ByteBuf;

/// Values of each type, unless `CASES` says otherwise.
const CASES: u64 = 30;

type Check = fn(&mut Maker);

#[test]
fn every_value_comes_back_from_every_format() {
    let types: [(&str, Check); 40] = for_every_type!(there_and_back);
    let cases = common::each_case(CASES, |mut rng| {
        for (_, check) in types {
            check(&mut Maker::new(rng.fork()));
        }
    });
    println!(
        "{} types, {cases} values of each, {} formats",
        types.len(),
        CodecTable::default().iter().count()
    );
}

fn there_and_back<T: Made>(maker: &mut Maker) {
    let value = T::make(maker);
    for codec in CodecTable::default().iter() {
        let name = codec.name();
        let written = codec.to_vec(&value);
        if !fits(name, maker) {
            assert!(written.is_err(), "{name} has no room for a number in {value:?}, and wrote it");
            continue;
        }
        let bytes = written.unwrap_or_else(|error| panic!("{error}\n{value:?}"));
        let back: T = read(&**codec, &bytes).unwrap_or_else(|error| panic!("{error}\n{value:?}"));
        assert_eq!(back, value, "{name}");
        // 0.0 == -0.0, but their bytes differ.
        assert_eq!(codec.to_vec(&back).expect("as before"), bytes, "{name}: {value:?}");
        if !matches!(name, "bincode" | "postcard") {
            read::<IgnoredAny>(&**codec, &bytes).expect("what describes itself can be stepped over");
        }
        only_whole::<T>(&**codec, &bytes, &mut maker.rng);
        without_the_seam(name, &value, &bytes);
    }
}

/// Whether a format has room for all numbers of a value.
fn fits(codec: &str, maker: &Maker) -> bool {
    codec != "hessian2" || i64::try_from(maker.most).is_ok()
}

fn read<T: DeserializeOwned>(codec: &dyn Codec, bytes: &[u8]) -> Result<T, CodecError> {
    codec.from_slice(bytes, &Limits::default())
}

/// A value that ends too early is none, and neither is one with something behind it.
fn only_whole<T: Made>(codec: &dyn Codec, bytes: &[u8], rng: &mut Rng) {
    let name = codec.name();
    // A number in JSON has no end of its own: 12 cut is 1. Nobody but the frame can tell.
    let number = name == "json" && bytes.iter().all(|byte| b"0123456789+-.eE".contains(byte));
    let cuts = bytes.len().min(40);
    for cut in 0..cuts {
        let cut = if cuts < bytes.len() { rng.usize(..bytes.len()) } else { cut };
        let short = read::<T>(codec, &bytes[..cut]);
        assert!(short.is_err() || number, "{name}, {cut} of {} bytes: {short:?}", bytes.len());
    }
    for more in [b"x", &b"\0"[..], b"\xff\xff", b"]"] {
        let error = read::<T>(codec, &[bytes, more].concat()).expect_err("something is left over");
        match error {
            CodecError::LeftOver { count, .. } => assert_eq!(count, more.len()),
            _ => assert_eq!(name, "json", "{error}"),
        }
    }
}

/// The formats that are written by hand here say the same without trait objects in between.
fn without_the_seam<T: Made>(codec: &str, value: &T, bytes: &[u8]) {
    match codec {
        "tagged" => {
            assert_eq!(tagged::to_vec(value).expect("as before"), bytes);
            assert_eq!(tagged::from_slice::<T>(bytes, &Limits::default()).expect("as before"), *value);
        }
        "hessian2" => {
            assert_eq!(hessian::to_vec(value).expect("as before"), bytes);
            assert_eq!(hessian::from_slice::<T>(bytes, &Limits::default()).expect("as before"), *value);
        }
        _ => {}
    }
}

#[test]
fn every_compressor_goes_with_every_format() {
    // Compress everything, so that even what grows is read again.
    let policy = Policy { threshold: 0, at_most_percent: usize::MAX };
    let marshaller = Marshaller { policy, ..Marshaller::default() };
    let compressors = CompressorTable::default();
    common::each_case(CASES / 2, |mut rng| {
        for codec in CodecTable::default().iter() {
            for compressor in [0].into_iter().chain(compressors.iter().map(|entry| entry.id())) {
                let mut maker = Maker::new(rng.fork());
                let value: (Everything, Vec<Order>) = Made::make(&mut maker);
                if !fits(codec.name(), &maker) {
                    continue;
                }
                let format = Format { codec: codec.id(), compressor };
                let body = marshaller.write(format, &value).expect("it fits");
                assert_eq!(body.format, format, "it was compressed");
                let back: (Everything, Vec<Order>) = marshaller.read(&body).expect("what was written");
                assert_eq!(back, value);
            }
        }
    });
}

/// What is not for every format, and what becomes of it. `yes`: it comes back. `CHANGED`: another value comes
/// back, and nobody is told. `unwritten`, `unread`: there is an error, on this side or on the other.
// ANCHOR: carries
const CARRIES: &str = "
                                        json      hessian2  bincode   postcard  tagged
the integer 2^64 - 1                    yes       unwritten yes       yes       yes
the integer 2^64                        yes       unwritten yes       yes       unwritten
not a number                            unread    yes       yes       yes       yes
Some(not a number)                      CHANGED   yes       yes       yes       yes
minus zero                              yes       yes       yes       yes       yes
Some(None)                              CHANGED   CHANGED   yes       yes       CHANGED
Some(())                                CHANGED   CHANGED   yes       yes       CHANGED
a field that holds ()                   yes       unread    yes       yes       yes
a map whose keys are pairs              unwritten yes       yes       yes       yes
a map whose keys are doubles            yes       yes       yes       yes       yes
a list whose length nobody knows        yes       yes       unwritten unwritten yes
a field left out when it is empty       yes       yes       unread    unread    yes
a struct flattened into another         yes       yes       unwritten unwritten yes
an enum tagged inside                   yes       yes       unread    unread    unread
an enum tagged beside its content       yes       unwritten unread    unread    yes
an enum without a tag                   yes       yes       unread    unread    CHANGED
a text lent from the input              yes       yes       yes       yes       yes
the same, with a line break             unread    yes       yes       yes       yes
an int read as a long                   yes       yes       yes       yes       yes
a long read as an int, if it fits       yes       yes       yes       yes       yes
a field that the reader does not know   yes       yes       unread    unread    yes
any value, its type unknown             yes       yes       unread    unread    yes
";
// ANCHOR_END: carries

#[test]
fn what_a_format_cannot_carry_is_known() {
    let codecs = CodecTable::default();
    let mut table = format!("\n{:40}", "");
    for codec in codecs.iter() {
        table += &format!("{:<10}", codec.name());
    }
    for (what, fate) in carries::ROWS {
        table = format!("{}\n{what:<40}", table.trim_end());
        for codec in codecs.iter() {
            table += &format!("{:<10}", fate(&**codec));
        }
    }
    let table = format!("{}\n", table.trim_end());
    assert_eq!(table, CARRIES, "the table is now:\n{table}");
}
