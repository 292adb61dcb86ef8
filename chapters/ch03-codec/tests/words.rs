//! What an error says, in every format: the words of whoever refused, once.

use ch03_codec::codecs::hand::{Hand, decode};
use ch03_codec::{Codec, CodecError, CodecTable, LimitError, Limits};
use serde::de::DeserializeSeed;
use serde::{Deserialize, Serialize};
use std::net::Ipv4Addr;

/// An even number; anything else is refused by the type itself.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "u32")]
struct Even(u32);

impl TryFrom<u32> for Even {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, String> {
        if number.is_multiple_of(2) { Ok(Self(number)) } else { Err(format!("{number} is odd")) }
    }
}

/// Five levels around it.
type Deep<T> = Vec<Vec<(u8, Option<Vec<T>>)>>;

#[test]
fn the_types_own_words_arrive_whole_and_once() {
    let numbers: Deep<u32> = vec![vec![(1, Some(vec![2, 3]))]];
    for codec in CodecTable::default().iter() {
        let bytes = codec.to_vec(&numbers).unwrap();
        let error = codec.from_slice::<Deep<Even>>(&bytes, &Limits::default()).unwrap_err().to_string();
        let words = format!("not the expected value in {}: 3 is odd", codec.name());
        assert!(error.starts_with(&words), "{error}");
        assert_eq!(error.matches("3 is odd").count(), 1, "{error}");
        assert!(error.matches(" byte ").count() <= 1, "the place is said once: {error}");
    }
}

#[test]
fn an_unknown_variant_is_named() {
    #[derive(Debug, Serialize, Deserialize)]
    enum Two {
        A,
        B,
    }
    #[derive(Serialize)]
    enum Three {
        #[expect(dead_code, reason = "only C is written")]
        A,
        #[expect(dead_code, reason = "only C is written")]
        B,
        C,
    }
    for codec in CodecTable::default().iter() {
        let bytes = codec.to_vec(&Three::C).unwrap();
        let error = codec.from_slice::<Two>(&bytes, &Limits::default()).unwrap_err().to_string();
        assert!(error.contains("variant"), "{error}");
    }
}

/// An address is a text where people read, and four bytes elsewhere: a type asks which it is. Hessian2 counts
/// as the former, because a program in Java knows what to do with a text.
#[test]
fn a_type_is_told_whether_people_read_the_format() {
    let address = Ipv4Addr::new(127, 0, 0, 1);
    for codec in CodecTable::default().iter() {
        let bytes = codec.to_vec(&address).unwrap();
        let text = bytes.windows(9).any(|window| window == b"127.0.0.1");
        assert_eq!(text, matches!(codec.name(), "json" | "hessian2"), "{}", codec.name());
        assert_eq!(codec.from_slice::<Ipv4Addr>(&bytes, &Limits::default()).unwrap(), address);
    }
}

/// JSON writes a variant without content as a text; one in a map must have no content either.
#[test]
fn a_variant_without_content_has_none() {
    #[derive(Debug, Deserialize)]
    enum One {
        Nothing,
    }
    let codec = CodecTable::default().by_name("json").unwrap().clone();
    let read = |body: &str| codec.from_slice::<One>(body.as_bytes(), &Limits::default());
    assert!(matches!(read("\"Nothing\""), Ok(One::Nothing)));
    assert!(matches!(read("{\"Nothing\":null}"), Ok(One::Nothing)));
    assert!(read("{\"Nothing\":5}").is_err());
    let error = read("7").unwrap_err().to_string();
    assert!(error.contains("expected") || error.contains("invalid"), "{error}");
    let error = codec.from_slice::<u8>(b"\"x\"", &Limits::default()).unwrap_err().to_string();
    assert!(error.contains("invalid type: string \"x\", expected u8"), "{error}");
}

/// What one format takes, the others take as well: a list, a record, a variant, an option are a level each.
#[test]
fn the_limits_are_the_same_in_every_format() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Link {
        next: Option<Box<Link>>,
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Step {
        End,
        On { next: Box<Step> },
    }
    let chain =
        |length: usize| (0..length).fold(Link { next: None }, |next, _| Link { next: Some(Box::new(next)) });
    let steps = |length: usize| (0..length).fold(Step::End, |next, _| Step::On { next: Box::new(next) });
    let limits = Limits::default();
    for codec in CodecTable::default().iter() {
        let name = codec.name();
        let read = |length| codec.from_slice::<Link>(&codec.to_vec(&chain(length)).unwrap(), &limits);
        assert_eq!(read(31).unwrap(), chain(31), "{name}");
        assert!(matches!(read(32), Err(CodecError::Limit(LimitError::TooDeep { limit: 64 }))), "{name}");
        let read = |length| codec.from_slice::<Step>(&codec.to_vec(&steps(length)).unwrap(), &limits);
        assert_eq!(read(31).unwrap(), steps(31), "{name}");
        assert!(matches!(read(32), Err(CodecError::Limit(LimitError::TooDeep { limit: 64 }))), "{name}");
    }
}

/// What the documentation of `hand` promises: a codec of one's own in some twenty lines.
#[test]
fn a_codec_of_ones_own_plugs_in() {
    struct Pretty;
    impl ch03_codec::table::Named for Pretty {
        fn id(&self) -> u8 {
            100
        }
        fn name(&self) -> &'static str {
            "pretty-json"
        }
    }
    impl Codec for Pretty {
        fn encode(&self, value: &dyn erased_serde::Serialize, out: &mut Vec<u8>) -> Result<(), CodecError> {
            serde_json::to_writer_pretty(out, value)
                .map_err(|error| CodecError::Encode { codec: "pretty-json", source: error.into() })
        }
        fn decode<'de>(
            &self,
            bytes: &'de [u8],
            limits: &Limits,
            visit: ch03_codec::codec::Visit<'_, 'de>,
        ) -> Result<(), CodecError> {
            decode("pretty-json", bytes, limits, |budget| {
                let mut deserializer = serde_json::Deserializer::from_slice(bytes);
                Hand { budget, visit }.deserialize(&mut deserializer)?;
                deserializer.end().map(|()| 0)
            })
        }
    }
    let mut table = CodecTable::default();
    table.register(std::sync::Arc::new(Pretty)).unwrap();
    let codec = table.get(100).unwrap();
    let bytes = codec.to_vec(&[1, 2]).unwrap();
    assert_eq!(bytes, b"[\n  1,\n  2\n]");
    assert_eq!(codec.from_slice::<Vec<u8>>(&bytes, &Limits::default()).unwrap(), [1, 2]);
}
