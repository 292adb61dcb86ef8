//! Types that somebody may want to read, and what hostile bodies may do to them.

use std::collections::{BTreeMap, HashMap};

use ch03_codec::codec::Codec;
use ch03_codec::shop::{Item, Order, Request, Response};
use ch03_codec::{CodecError, Limits};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::common::made::{Made, Maker};
use crate::common::types::{Everything, Newtype, Pair, Shape, Unit, for_every_type};

/// Reads a body as one certain type.
pub type Decode = fn(&dyn Codec, &[u8], &Limits) -> Result<(), CodecError>;

/// Writes a value of one certain type.
pub type Body = fn(&mut Maker, &dyn Codec) -> Vec<u8>;

pub fn decode<T: DeserializeOwned>(
    codec: &dyn Codec,
    bytes: &[u8],
    limits: &Limits,
) -> Result<(), CodecError> {
    codec.from_slice::<T>(bytes, limits).map(drop)
}

/// A body that means well; empty if the format has no room for a number in it.
fn body<T: Made>(maker: &mut Maker, codec: &dyn Codec) -> Vec<u8> {
    codec.to_vec(&T::make(maker)).unwrap_or_default()
}

/// The types whose values are made, each with both ways.
pub fn honest() -> Vec<(&'static str, Decode, Body)> {
    let decoders: [(_, Decode); 40] = for_every_type!(decode);
    let bodies: [(_, Body); 40] = for_every_type!(body);
    decoders.into_iter().zip(bodies).map(|((name, decode), (_, body))| (name, decode, body)).collect()
}

/// Types that are harder to read: they hold themselves, take anything, or are kept in serde's buffer first.
pub const HARD: [(&str, Decode); 16] = [
    ("IgnoredAny", decode::<IgnoredAny>),
    ("Value", decode::<serde_json::Value>),
    ("Vec<Vec<()>>", decode::<Vec<Vec<()>>>),
    ("HashMap<String, String>", decode::<HashMap<String, String>>),
    ("HashMap<u32, Vec<u8>>", decode::<HashMap<u32, Vec<u8>>>),
    ("Vec<(u8, Vec<ByteBuf>)>", decode::<Vec<(u8, Vec<ByteBuf>)>>),
    ("Vec<Option<IgnoredAny>>", decode::<Vec<Option<IgnoredAny>>>),
    ("Chain", decode::<Chain>),
    ("Endless", decode::<Endless>),
    ("Deep", decode::<Deep>),
    ("Tree", decode::<Tree>),
    ("Flat", decode::<Flat>),
    ("Inside", decode::<Inside>),
    ("Beside", decode::<Beside>),
    ("Without", decode::<Without>),
    ("Old", decode::<Old>),
];

/// An option of an option of an option …
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Chain(pub Option<Box<Chain>>);

/// The same with a newtype between.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Endless(pub Option<Box<Endless>>);

/// The same with a record between.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Deep {
    pub next: Option<Box<Deep>>,
}

/// A list of lists of lists …
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tree(pub Vec<Tree>);

/// Serde keeps what comes, all of it, until it knows whose field it is.
#[derive(Debug, Serialize, Deserialize)]
pub struct Flat {
    pub a: u8,
    #[serde(flatten)]
    pub rest: BTreeMap<String, Tree>,
}

/// Serde keeps what comes until it has found the kind.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Inside {
    A { a: Tree },
    B { b: String },
}

/// The same, with a place of its own for the content.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content")]
pub enum Beside {
    A { a: Tree },
    B { b: String },
}

/// Serde keeps what comes, and tries one after the other.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Without {
    Number(u64),
    Text(String),
    Tree(Tree),
    Fields { a: u8 },
}

/// A record whose reader knows one field; whatever else comes is stepped over.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Old {
    #[serde(default)]
    pub a: u8,
}
