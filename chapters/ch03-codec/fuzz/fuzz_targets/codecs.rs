//! Any body, in any format, as any type: it costs no more than it may, and what it says can be said again.
#![no_main]

#[allow(dead_code)] // what the tests count with
#[path = "../../tests/common/mod.rs"]
mod common;
#[path = "../../tests/hostile/memory.rs"]
mod memory;
#[allow(dead_code)]
#[path = "../../tests/hostile/targets.rs"]
mod targets;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ch03_codec::codec::Codec;
use ch03_codec::shop::{Item, Order, Request, Response};
use ch03_codec::{CodecError, CodecTable, Limits};
use common::made::Made;
use common::types::{Everything, Newtype, Pair, Shape, Unit, for_every_type};
use libfuzzer_sys::fuzz_target;
use memory::{most_memory, peak};
use serde_bytes::ByteBuf;

/// Limits that a short body reaches.
const TIGHT: Limits = Limits { max_depth: 5, max_elements: 30, max_text: 40, max_total: 400 };

static CODECS: LazyLock<CodecTable> = LazyLock::new(CodecTable::default);

#[derive(Debug, arbitrary::Arbitrary)]
struct Input<'a> {
    codec: u8,
    kind: u8,
    tight: bool,
    // Last, so that the rest of the fuzzer's bytes are the body as it is.
    body: &'a [u8],
}

fuzz_target!(|input: Input<'_>| {
    let codecs: Vec<_> = CODECS.iter().collect();
    let codec = &**codecs[usize::from(input.codec) % codecs.len()];
    let limits = if input.tight { TIGHT } else { Limits::default() };
    let honest: [(_, Again); 40] = for_every_type!(again);
    let kind = usize::from(input.kind) % (honest.len() + targets::HARD.len());
    let (name, decode): (_, targets::Decode) = match kind.checked_sub(honest.len()) {
        Some(hard) => targets::HARD[hard],
        None => (honest[kind].0, |_, _, _| Ok(())),
    };
    let most = most_memory(input.body.len(), &limits);
    let took = peak(|| _ = decode(codec, input.body, &limits));
    assert!(took <= most, "{} as {name}: {took} bytes, at most {most}", codec.name());
    if let Some((_, again)) = honest.get(kind) {
        again(codec, input.body, &limits);
    }
});

type Again = fn(&dyn Codec, &[u8], &Limits);

/// Reads a value, writes it, reads that, and writes it: the same bytes. (NaN is not equal to itself.)
fn again<T: Made>(codec: &dyn Codec, body: &[u8], limits: &Limits) {
    let name = codec.name();
    let mut value = None;
    let took = peak(|| value = codec.from_slice::<T>(body, limits).ok());
    let most = most_memory(body.len(), limits);
    assert!(took <= most, "{name}: {took} bytes, at most {most}");
    let Some(value) = value else { return };
    let bytes = codec.to_vec(&value).unwrap_or_else(|error| panic!("{error}: {value:?}"));
    match codec.from_slice::<T>(&bytes, &Limits::default()) {
        Ok(back) => assert_eq!(codec.to_vec(&back).expect("as before"), bytes, "{name}: {value:?}, {back:?}"),
        // 1e300 is an infinite f32, and JSON writes null for it.
        Err(CodecError::Decode { .. }) if name == "json" && bytes.windows(4).any(|four| four == b"null") => {}
        Err(error) => panic!("{error}: {value:?}"),
    }
}
