//! Values that not every format carries, each tried in a format that it is given.

use std::collections::BTreeMap;
use std::fmt::Debug;

use ch03_codec::Limits;
use ch03_codec::codec::Codec;
use serde::ser::SerializeSeq;
use serde::{Deserialize, Serialize, Serializer};

/// What becomes of a value in a format, in one word.
type Fate = fn(&dyn Codec) -> &'static str;

/// What is tried, and how.
pub const ROWS: [(&str, Fate); 22] = [
    ("the integer 2^64 - 1", |codec| back(codec, u64::MAX)),
    ("the integer 2^64", |codec| back(codec, 1u128 << 64)),
    ("not a number", |codec| back(codec, Bits(f64::NAN))),
    ("Some(not a number)", |codec| back(codec, Some(Bits(f64::NAN)))),
    ("minus zero", |codec| back(codec, Bits(-0.0))),
    ("Some(None)", |codec| back(codec, Some(None::<u8>))),
    ("Some(())", |codec| back(codec, Some(()))),
    ("a field that holds ()", |codec| back(codec, Field { field: () })),
    ("a map whose keys are pairs", |codec| back(codec, BTreeMap::from([((1, 2), 3)]))),
    ("a map whose keys are doubles", |codec| back(codec, BTreeMap::from([(Bits(0.1), 3)]))),
    ("a list whose length nobody knows", |codec| fate(codec, &Unknown, &[1, 2, 3])),
    ("a field left out when it is empty", |codec| back(codec, Left { a: 1, b: None, c: Some(3) })),
    ("a struct flattened into another", |codec| back(codec, Outer { a: 1, inner: Field { field: 2 } })),
    ("an enum tagged inside", |codec| back(codec, Inside::B { b: 1 })),
    ("an enum tagged beside its content", |codec| back(codec, Beside::B { b: 1 })),
    ("an enum without a tag", |codec| back(codec, Without::B { b: 1 })),
    ("a text lent from the input", |codec| back_lent(codec, "roses")),
    ("the same, with a line break", |codec| back_lent(codec, "roses\nviolets")),
    ("an int read as a long", |codec| fate(codec, &7i32, &7i64)),
    ("a long read as an int, if it fits", |codec| fate(codec, &7i64, &7i32)),
    ("a field that the reader does not know", |codec| {
        let new = [Two { field: 1, new: "new".into() }, Two { field: 2, new: "new".into() }];
        fate(codec, &new, &[Field { field: 1 }, Field { field: 2 }])
    }),
    ("any value, its type unknown", |codec| {
        let value = serde_json::json!({"a": [1, -2, "three", null, {"b": 0.5}]});
        fate(codec, &value.clone(), &value)
    }),
];

/// Reads what was written.
fn back<T: Serialize + for<'de> Deserialize<'de> + PartialEq + Debug>(
    codec: &dyn Codec,
    value: T,
) -> &'static str {
    fate(codec, &value, &value)
}

/// What becomes of `value`, if `expected` is what it should be on the other side.
fn fate<T: for<'de> Deserialize<'de> + PartialEq + Debug>(
    codec: &dyn Codec,
    value: &impl Serialize,
    expected: &T,
) -> &'static str {
    let Ok(bytes) = codec.to_vec(value) else { return "unwritten" };
    match codec.from_slice::<T>(&bytes, &Limits::default()) {
        Ok(back) if back == *expected => "yes",
        Ok(_) => "CHANGED",
        Err(_) => "unread",
    }
}

/// The same for a text that is not copied.
fn back_lent(codec: &dyn Codec, text: &str) -> &'static str {
    let bytes = codec.to_vec(text).expect("a text");
    match codec.from_slice::<&str>(&bytes, &Limits::default()) {
        Ok(back) if back == text => "yes",
        Ok(_) => "CHANGED",
        Err(_) => "unread",
    }
}

/// A double, compared by its bits.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Bits(f64);

impl PartialEq for Bits {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Bits {}

impl PartialOrd for Bits {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Bits {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.to_bits().cmp(&other.0.to_bits())
    }
}

/// A list that does not say how long it is.
struct Unknown;

impl Serialize for Unknown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        (1..4).try_for_each(|number| list.serialize_element(&number))?;
        list.end()
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Field<T> {
    field: T,
}

/// The same, one version later.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Two {
    field: i32,
    new: String,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Left {
    a: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    b: Option<u8>,
    c: Option<u8>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Outer {
    a: u8,
    #[serde(flatten)]
    inner: Field<u8>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Inside {
    A { a: u8 },
    B { b: u8 },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content")]
enum Beside {
    A { a: u8 },
    B { b: u8 },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Without {
    A { a: u8 },
    B { b: u8 },
}
