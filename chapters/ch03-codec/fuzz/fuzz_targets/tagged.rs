//! Stepping over a value and reading it are two walks through the same bytes: they agree on where it ends.
#![no_main]

use std::fmt;

use ch03_codec::tagged::{Deserializer, Error, Reader, dump};
use ch03_codec::{Budget, Limits};
use libfuzzer_sys::fuzz_target;
use serde::Deserialize;
use serde::de::{EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

/// Limits that a short body reaches.
const LIMITS: Limits = Limits { max_depth: 20, max_elements: 200, max_text: 100, max_total: usize::MAX };

fuzz_target!(|bytes: &[u8]| {
    let budget = Budget::new(&LIMITS);
    let mut reader = Reader::new(bytes, &budget);
    let skipped = reader.plain_tag().and_then(|kind| reader.skip(kind));

    let budget = Budget::new(&LIMITS);
    let mut deserializer = Deserializer::new(bytes, &budget);
    let read = Any::deserialize(&mut deserializer);
    match (skipped, read) {
        (Ok(()), Ok(Any)) => assert_eq!(reader.left(), deserializer.left(), "where does it end?"),
        // Nobody looks into a text that is stepped over.
        (Ok(()), Err(Error::NotUtf8 { .. })) => {}
        (Ok(()), Err(error)) => panic!("it can be stepped over, but not be read: {error}"),
        (Err(error), Ok(Any)) => panic!("it can be read, but not be stepped over: {error}"),
        (Err(_), Err(_)) => {}
    }

    let lines = dump(bytes);
    let shown: Vec<u8> = lines.iter().flat_map(|line| line.bytes.iter().copied()).collect();
    assert_eq!(shown, bytes, "every byte is on one line");
});

/// Takes whatever comes.
struct Any;

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

macro_rules! plain {
    ($($method:ident($type:ty))*) => {$(
        fn $method<E>(self, _: $type) -> Result<Self, E> {
            Ok(self)
        }
    )*};
}

impl<'de> Visitor<'de> for Any {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    plain! { visit_bool(bool) visit_u64(u64) visit_i64(i64) visit_f64(f64) visit_str(&str) visit_bytes(&[u8]) }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<Self, Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, variant: A) -> Result<Self, A::Error> {
        let (_, content) = variant.variant::<u64>()?;
        content.newtype_variant::<Self>()
    }
}
