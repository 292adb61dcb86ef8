//! A format of our own, written by hand: a tag before every value. [S-02]
//!
//! ```text
//!   tag = number * 16 + kind, as a varint         Order { id: 7, customer: "Ann", items: [], note: None }
//!
//!   ┌─────────┬──────────────────────┐            0a 04                 record of 4 fields
//!   │   tag   │ payload of that kind │            13 07                 field 1: unsigned 7
//!   └─────────┴──────────────────────┘            26 03 41 6e 6e        field 2: text of 3 bytes, "Ann"
//!                                                 38 00                 field 3: list of 0 values
//!                                                 40                    field 4: null
//! ```
//!
//! A field has a number, not a name: the names stay in the program, where they cost nothing. The kind says how
//! long the payload is, so a reader steps over a field that it does not know. That is all it takes for an old
//! reader and a new writer to understand each other, as long as everybody keeps four rules: **new fields go
//! to the end, with a default; no field is ever removed from the middle; no field changes its kind; what is
//! skipped is skipped by writer and reader alike.** The last one is about `#[serde(skip_serializing)]`: serde
//! does not tell the writer of such a field, so all fields behind it would move up by one.
//!
//! `Some(None)` comes back as `None`. Enums that are tagged inside, or not at all, need a format with names.
//! A number has one form only; a record has several that are understood (fields in another order, a list or a
//! map in its place), so whoever signs a message signs the bytes that were sent.

pub mod de;
mod dump;
pub mod error;
pub mod reader;
pub mod ser;
pub mod tag;
pub mod varint;

pub use de::Deserializer;
pub use dump::dump;
pub use error::Error;
pub use reader::Reader;
pub use ser::Serializer;
pub use tag::{Kind, Tag};

use serde::{Deserialize, Serialize};

use crate::error::CodecError;
use crate::limits::{Budget, Limits};

/// The name in messages.
pub const NAME: &str = "tagged";

/// The bytes of `value`.
///
/// # Errors
/// [`Error`]: a number above 64 bits, or what the value's own type says.
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    // Most messages fit, so most are written without moving them to a larger place.
    let mut out = Vec::with_capacity(128);
    value.serialize(&mut Serializer::new(&mut out))?;
    Ok(out)
}

/// The value in `bytes`, all of them.
///
/// # Errors
/// [`CodecError`]: not such a value, bytes left over, or beyond a limit.
pub fn from_slice<'de, T: Deserialize<'de>>(bytes: &'de [u8], limits: &Limits) -> Result<T, CodecError> {
    let budget = Budget::new(limits);
    budget.total(bytes.len())?;
    let mut deserializer = Deserializer::new(bytes, &budget);
    let value = T::deserialize(&mut deserializer).map_err(|error| match error {
        Error::Limit(error) => CodecError::Limit(error),
        error => CodecError::Decode { codec: NAME, source: error.into() },
    })?;
    match deserializer.left() {
        0 => Ok(value),
        count => Err(CodecError::LeftOver { codec: NAME, count }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::show;
    use crate::limits::LimitError;
    use crate::shop::{Item, Order, Request};
    use serde::de::{DeserializeOwned, IgnoredAny};
    use std::collections::BTreeMap;
    use std::fmt::Debug;

    fn there_and_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T) {
        let bytes = to_vec(&value).unwrap();
        assert_eq!(from_slice::<T>(&bytes, &Limits::default()).unwrap(), value);
        from_slice::<IgnoredAny>(&bytes, &Limits::default()).expect("it can be stepped over");
        for cut in 0..bytes.len() {
            assert!(from_slice::<T>(&bytes[..cut], &Limits::default()).is_err(), "cut at {cut}");
        }
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn an_order_is_these_bytes_and_these_words() {
        let order = Order { id: 7, customer: "Ann".into(), items: Vec::new(), note: None };
        let bytes = to_vec(&order).unwrap();
        assert_eq!(hex(&bytes), "0a0413072603416e6e380040");
        assert_eq!(
            show(&dump(&bytes)),
            "\
0000  0a 04                    record of 4 fields
0002  13 07                      field 1: unsigned 7
0004  26 03 41 6e 6e             field 2: text of 3 bytes, \"Ann\"
0009  38 00                      field 3: list of 0 values
000b  40                         field 4: null
"
        );
        there_and_back(order);
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Shape {
        Nothing,
        Newtype(Item),
        Pair(i8, u64),
        Record { text: String, inner: Option<Box<Shape>> },
    }

    #[test]
    fn every_kind_of_serde_goes_there_and_back() {
        there_and_back((true, false, (), 'ß', f32::MIN_POSITIVE, f64::MAX, -0.0));
        there_and_back((i8::MIN, i16::MAX, i32::MIN, i64::MIN, u8::MAX, u16::MAX, u32::MAX, u64::MAX));
        there_and_back((i128::from(i64::MIN), u128::from(u64::MAX)));
        there_and_back(serde_bytes::ByteBuf::from(vec![0, 255, 128]));
        there_and_back(BTreeMap::from([(-1, vec!["a".to_owned()]), (1, Vec::new())]));
        there_and_back(vec![
            Shape::Nothing,
            Shape::Newtype(Item { name: "blue\nkeyboard".into(), quantity: u32::MAX, cents: -5 }),
            Shape::Pair(-1, 1),
            Shape::Record { text: String::new(), inner: Some(Box::new(Shape::Nothing)) },
        ]);
        there_and_back(Request::ListOrders { from: 1, count: 300 });
    }

    #[test]
    fn a_list_of_unknown_length_gets_its_count_in_front() {
        struct Unknown(u64);
        impl Serialize for Unknown {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeSeq;
                let mut list = serializer.serialize_seq(None)?;
                (0..self.0).try_for_each(|number| list.serialize_element(&number))?;
                list.end()
            }
        }
        for count in [0, 1, 127, 128, 300] {
            let bytes = to_vec(&Unknown(count)).unwrap();
            assert_eq!(bytes, to_vec(&(0..count).collect::<Vec<_>>()).unwrap());
        }
    }

    #[test]
    fn what_is_no_value_is_refused_with_its_place() {
        let refuse = |bytes: &[u8]| {
            from_slice::<IgnoredAny>(bytes, &Limits::default()).expect_err("refused").to_string()
        };
        for (bytes, says) in [
            (&[][..], "byte 0: the input ends inside of a varint"),
            (&[0x0c], "byte 0: 12 is no tag: kinds are 0 to 11"),
            (&[0x13, 0x07], "byte 0: unsigned has number 1, expected 0: it is no field"),
            (&[0x0a, 0x01, 0x03], "byte 2: unsigned has number 0, expected 1 or more: it is a field"),
            (&[0x08, 0x05, 0x00], "byte 2: 5 bytes or more must follow, 1 are there"),
            (&[0x06, 0x02, 0x41], "byte 2: 2 bytes or more must follow, 1 are there"),
            (&[0x05, 0x00], "byte 1: 8 bytes or more must follow, 1 are there"),
        ] {
            assert_eq!(refuse(bytes), format!("not the expected value in tagged: {says}"));
        }
        assert_eq!(refuse(&[0, 0]), "1 bytes left over after the value in tagged");
        let text = from_slice::<String>(&[0x06, 0x01, 0xff], &Limits::default()).unwrap_err();
        assert_eq!(text.to_string(), "not the expected value in tagged: byte 1: the text is not UTF-8");
        let pair = from_slice::<(u8,)>(&[0x08, 2, 3, 1, 3, 1], &Limits::default()).unwrap_err();
        assert!(pair.to_string().contains("a list has 1 more elements than expected"), "{pair}");
        let kind = from_slice::<Shape>(&[0x03, 1], &Limits::default()).unwrap_err();
        assert!(kind.to_string().contains("expected variant, got unsigned"), "{kind}");
    }

    #[test]
    fn limits_have_their_own_errors_also_in_what_is_stepped_over() {
        let limits = Limits { max_depth: 3, max_elements: 4, max_text: 5, max_total: 40 };
        let limit = |value: &dyn erased_serde::Serialize| {
            let bytes = to_vec(value).unwrap();
            match from_slice::<IgnoredAny>(&bytes, &limits) {
                Ok(_) => None,
                Err(CodecError::Limit(error)) => Some(error),
                Err(error) => panic!("{error}"),
            }
        };
        assert_eq!(limit(&[[[1]]]), None);
        assert_eq!(limit(&[[[[1]]]]), Some(LimitError::TooDeep { limit: 3 }));
        assert_eq!(limit(&[1, 2, 3, 4]), None);
        assert_eq!(limit(&[[1, 2], [3, 4]]), Some(LimitError::TooManyElements { limit: 4 }));
        assert_eq!(limit(&"12345"), None);
        assert_eq!(limit(&"123456"), Some(LimitError::TextTooLong { got: 6, limit: 5 }));
        assert_eq!(limit(&"1".repeat(39)), Some(LimitError::TooBig { got: 41, limit: 40 }));
    }

    /// A newtype adds no byte, so this one would recurse without reading any.
    #[test]
    fn a_type_that_holds_itself_ends_at_the_depth_limit() {
        #[derive(Deserialize)]
        struct Endless(#[expect(dead_code, reason = "only its reading matters")] Option<Box<Endless>>);
        let error = from_slice::<Endless>(&[0x03, 0x07], &Limits::default()).err().expect("refused");
        assert!(matches!(error, CodecError::Limit(LimitError::TooDeep { .. })), "{error}");
    }
}
