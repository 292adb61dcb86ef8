//! Each limit has its own error, the same in every format; also in what is stepped over.

use std::collections::BTreeMap;

use ch03_codec::codec::Codec;
use ch03_codec::{CodecError, CodecTable, LimitError, Limits};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_bytes::ByteBuf;

use crate::targets::Old;

const SMALL: Limits = Limits { max_depth: 3, max_elements: 4, max_text: 5, max_total: 60 };

const TOO_DEEP: Option<LimitError> = Some(LimitError::TooDeep { limit: 3 });
const TOO_MANY: Option<LimitError> = Some(LimitError::TooManyElements { limit: 4 });
const TOO_LONG: Option<LimitError> = Some(LimitError::TextTooLong { got: 6, limit: 5 });

/// The limit that refused; `None` when it is a value.
///
/// # Panics
/// When it is something else.
fn refusal<T: DeserializeOwned>(codec: &dyn Codec, bytes: &[u8], limits: &Limits) -> Option<LimitError> {
    match codec.from_slice::<T>(bytes, limits) {
        Ok(_) => None,
        Err(CodecError::Limit(limit)) => Some(limit),
        Err(error) => panic!("{}: neither a value nor a limit: {error}", codec.name()),
    }
}

fn there_and_back<T: Serialize + DeserializeOwned>(codec: &dyn Codec, value: &T) -> Option<LimitError> {
    refusal::<T>(codec, &codec.to_vec(value).expect("a value"), &SMALL)
}

#[test]
fn each_limit_allows_itself_and_refuses_one_more_in_every_format() {
    for codec in CodecTable::default().iter() {
        let (name, codec) = (codec.name(), &**codec);
        assert_eq!(there_and_back(codec, &vec![vec![vec![1]]]), None, "{name}");
        assert_eq!(there_and_back(codec, &vec![vec![vec![vec![1]]]]), TOO_DEEP, "{name}");
        assert_eq!(there_and_back(codec, &vec![1, 2, 3, 4]), None, "{name}");
        assert_eq!(there_and_back(codec, &vec![1, 2, 3, 4, 5]), TOO_MANY, "{name}");
        assert_eq!(there_and_back(codec, &vec![vec![1], vec![2]]), None, "{name}: two lists, two numbers");
        assert_eq!(there_and_back(codec, &vec![vec![1], vec![2, 3]]), TOO_MANY, "{name}: all lists together");
        let map = |count| (0..count).map(|key| (key, ())).collect::<BTreeMap<u8, ()>>();
        assert_eq!(there_and_back(codec, &map(4)), None, "{name}");
        assert_eq!(there_and_back(codec, &map(5)), TOO_MANY, "{name}");
        assert_eq!(there_and_back(codec, &"12345".to_owned()), None, "{name}");
        assert_eq!(there_and_back(codec, &"123456".to_owned()), TOO_LONG, "{name}");
        assert_eq!(there_and_back(codec, &BTreeMap::from([("123456".to_owned(), ())])), TOO_LONG, "{name}");
        // In JSON bytes are a list of numbers.
        let bytes = if name == "json" { TOO_MANY } else { TOO_LONG };
        assert_eq!(there_and_back(codec, &ByteBuf::from(vec![7; 6])), bytes, "{name}");

        let long = codec.to_vec(&"1".repeat(60)).expect("a text");
        let too_big = Some(LimitError::TooBig { got: long.len(), limit: 60 });
        assert_eq!(refusal::<String>(codec, &long, &SMALL), too_big, "{name}");
    }
}

/// The same record, one version later.
#[derive(Serialize)]
struct New<T> {
    a: u8,
    new: T,
}

#[test]
fn what_is_stepped_over_is_counted_too() {
    // Hessian2 counts the fields of a class definition, too.
    let limits = Limits { max_elements: 12, ..SMALL };
    for codec in CodecTable::default().iter() {
        let (name, codec) = (codec.name(), &**codec);
        if matches!(name, "bincode" | "postcard") {
            continue; // They cannot step over anything.
        }
        let stepped = |new: &dyn erased_serde::Serialize| {
            let whole = refusal::<IgnoredAny>(codec, &codec.to_vec(&new).expect("a value"), &limits);
            let field = refusal::<Old>(codec, &codec.to_vec(&New { a: 1, new }).expect("a value"), &limits);
            assert_eq!(whole, field, "{name}");
            field
        };
        assert_eq!(stepped(&1), None, "{name}");
        assert_eq!(stepped(&[[[[1]]]]), Some(LimitError::TooDeep { limit: 3 }), "{name}");
        assert_eq!(stepped(&[1; 13]), Some(LimitError::TooManyElements { limit: 12 }), "{name}");
        assert_eq!(stepped(&"123456"), Some(LimitError::TextTooLong { got: 6, limit: 5 }), "{name}");
    }
}
