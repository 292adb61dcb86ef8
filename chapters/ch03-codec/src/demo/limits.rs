//! Act 5: what bytes may not ask for. [S-11]

use std::io::Write;

use ch03_codec::{CodecError, CodecTable, Limits};
use demo_kit::Failure;
use serde::Deserialize;
use serde_json::{Value, json};

/// A type that can be as deep as it likes.
#[derive(Deserialize)]
struct Tree(#[expect(dead_code, reason = "only its reading matters")] Vec<Tree>);

/// A body, and what a program that believes it would do.
struct Attack {
    codec: &'static str,
    says: &'static str,
    bytes: Vec<u8>,
    read: fn(&dyn ch03_codec::Codec, &[u8], &Limits) -> Result<(), CodecError>,
}

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let attacks = [
        Attack {
            codec: "bincode",
            says: "a text of 2^60 bytes follows",
            bytes: [&[253][..], &(1_u64 << 60).to_le_bytes()].concat(),
            read: |codec, bytes, limits| codec.from_slice::<String>(bytes, limits).map(drop),
        },
        Attack {
            codec: "bincode",
            says: "2^60 elements of no bytes follow",
            bytes: [&[253][..], &(1_u64 << 60).to_le_bytes()].concat(),
            read: |codec, bytes, limits| codec.from_slice::<Vec<()>>(bytes, limits).map(drop),
        },
        Attack {
            codec: "postcard",
            says: "lists in lists, 10,000 deep",
            bytes: vec![1; 10_000],
            read: |codec, bytes, limits| codec.from_slice::<Tree>(bytes, limits).map(drop),
        },
        Attack {
            codec: "json",
            says: "lists in lists, 10,000 deep",
            bytes: b"[".repeat(10_000),
            read: |codec, bytes, limits| codec.from_slice::<Tree>(bytes, limits).map(drop),
        },
        Attack {
            codec: "tagged",
            says: "a list of 2^40 elements",
            bytes: vec![0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20],
            read: |codec, bytes, limits| codec.from_slice::<Vec<u64>>(bytes, limits).map(drop),
        },
        Attack {
            codec: "hessian2",
            says: "ten lists, each ten times the next",
            bytes: laughs(10),
            read: |codec, bytes, limits| codec.from_slice::<serde_json::Value>(bytes, limits).map(drop),
        },
    ];
    let table = CodecTable::default();
    let limits = Limits::default();
    let mut facts = Vec::new();
    for Attack { codec, says, bytes, read } in attacks {
        let codec = table.by_name(codec).expect("it is there");
        let error = read(&**codec, &bytes, &limits).err().ok_or("the limits let it pass")?;
        writeln!(out, "  {:<9} {:>6} bytes: {says}\n            {error}", codec.name(), bytes.len())?;
        facts.push(
            json!({ "codec": codec.name(), "bytes": bytes.len(), "says": says, "error": error.to_string() }),
        );
    }
    Ok(facts.into())
}

/// A list of ten lists of ten lists … of ten numbers, each level written once and referred to nine times:
/// 10^`levels` numbers in a few bytes.
fn laughs(levels: u8) -> Vec<u8> {
    const LIST_OF_TEN: [u8; 2] = [0x58, 0x9a];
    let mut bytes = LIST_OF_TEN.repeat(levels.into());
    bytes.extend([0x90; 10]);
    // Each list's first element is the next one; its other nine are that one again, by its number.
    for next in (1..levels).rev() {
        bytes.extend([0x51, 0x90 + next].repeat(9));
    }
    bytes
}
