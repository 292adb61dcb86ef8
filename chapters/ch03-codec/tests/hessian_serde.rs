//! Values of a program through Hessian2 and back, and what others write for them.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use ch03_codec::hessian::{Date, Deserializer, Error, Graph, Serializer, Value, dump, from_slice, to_vec};
use ch03_codec::{Budget, LimitError, Limits};
use serde::de::DeserializeOwned;
use serde::ser::{SerializeSeq, SerializeStruct};
use serde::{Deserialize, Serialize};

fn shown(bytes: &[u8]) -> String {
    ch03_codec::dump::show(&dump(bytes))
}

/// Through bytes and back.
#[track_caller]
fn round_trip<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T) -> Vec<u8> {
    let bytes = to_vec(&value).unwrap();
    let back: T = from_slice(&bytes, &Limits::default()).unwrap_or_else(|e| panic!("{e}\n{}", shown(&bytes)));
    assert_eq!(back, value, "\n{}", shown(&bytes));
    bytes
}

fn read<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, Error> {
    from_slice(bytes, &Limits::default())
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Order {
    id: u64,
    customer: String,
    items: Vec<Item>,
    note: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename = "com.example.Item")]
struct Item {
    name: String,
    cents: i64,
}

fn order() -> Order {
    let item = |name: &str, cents| Item { name: name.to_owned(), cents };
    Order { id: 7, customer: "老王".into(), items: vec![item("tea", 450), item("rebate", -50)], note: None }
}

#[test]
fn a_class_is_defined_once_and_in_front_of_its_first_object() {
    let bytes = round_trip(order());
    assert_eq!(
        format!("\n{}", shown(&bytes)),
        "
0000  43 05 4f 72 64 65 72 94  class 0 is Order: id, customer, items, note
0008  02 69 64 08 63 75 73 74
0010  6f 6d 65 72 05 69 74 65
0018  6d 73 04 6e 6f 74 65
001f  60                       node 0, object of class 0, Order
0020  e7                         id: long 7
0021  02 e8 80 81 e7 8e 8b       customer: text \"老王\"
0028  7a                         items: node 1, list of 2
0029  43 10 63 6f 6d 2e 65 78      class 1 is com.example.Item: name, cents
0031  61 6d 70 6c 65 2e 49 74
0039  65 6d 92 04 6e 61 6d 65
0041  05 63 65 6e 74 73
0047  61                           node 2, object of class 1, com.example.Item
0048  03 74 65 61                    name: text \"tea\"
004c  f9 c2                          cents: long 450
004e  61                           node 3, object of class 1, com.example.Item
004f  06 72 65 62 61 74 65           name: text \"rebate\"
0056  f7 ce                          cents: long -50
0058  4e                         note: null
"
    );
}

#[test]
fn numbers_keep_their_value_at_every_border() {
    for value in [0, 1, -1, i8::MIN, i8::MAX] {
        round_trip(value);
    }
    for shift in 0..64 {
        for near in [-1, 0, 1] {
            let value = (1_i64 << shift).wrapping_add(near);
            round_trip(value);
            round_trip(-value.saturating_abs());
            round_trip(value as i32);
            round_trip(value as u32);
            round_trip(value as u16);
            round_trip(value.unsigned_abs() & i64::MAX as u64);
        }
    }
    for value in [0.0, -0.0, 0.1, 12.25, 1e300, f64::INFINITY, f64::MIN_POSITIVE, 2_147_483.647] {
        round_trip(value);
        round_trip(value as f32);
    }
    assert!(read::<f64>(&to_vec(&f64::NAN).unwrap()).unwrap().is_nan());
    assert!(read::<f64>(&to_vec(&-0.0).unwrap()).unwrap().is_sign_negative());
}

#[test]
fn what_hessian_cannot_say_is_refused() {
    let error = to_vec(&(1_u64 << 63)).unwrap_err();
    assert!(matches!(error, Error::NoSuchLong { number } if number == 1 << 63), "{error}");
    assert_eq!(to_vec(&1_i128).unwrap_err().to_string(), "i128 is not supported");
    assert_eq!(
        read::<u64>(&[0xDF]).unwrap_err().to_string(),
        "invalid value: integer `-1`, expected u64, in the value at byte 0"
    );
}

#[test]
fn integers_widen_and_narrow_when_they_fit() {
    assert_eq!(read::<i64>(&[0x97]).unwrap(), 7, "an int for an i64");
    assert_eq!(read::<u8>(&[0xE7]).unwrap(), 7, "a long for a u8");
    assert_eq!(read::<f64>(&[0x97]).unwrap(), 7.0, "an int for an f64");
    let error = read::<i32>(&to_vec(&(1_i64 << 40)).unwrap()).unwrap_err();
    assert!(error.to_string().starts_with("invalid value: integer `1099511627776`, expected i32"), "{error}");
}

#[test]
fn texts_and_bytes_may_be_borrowed() {
    let bytes = to_vec("老王").unwrap();
    assert_eq!(read::<&str>(&bytes).unwrap(), "老王");
    let bytes = to_vec(serde_bytes::Bytes::new(&[1, 2, 3])).unwrap();
    assert_eq!(bytes, [0x23, 1, 2, 3]);
    assert_eq!(read::<&[u8]>(&bytes).unwrap(), [1, 2, 3]);
    round_trip(serde_bytes::ByteBuf::from(vec![7; 20_000]));
    round_trip("a😀".repeat(20_000));
    round_trip('😀');
    let error = read::<&str>(&to_vec("😀").unwrap()).unwrap_err();
    assert!(error.to_string().contains("expected a borrowed string"), "CESU-8 is not UTF-8: {error}");
}

#[test]
fn lists_tuples_maps_and_newtypes() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Metres(f64);
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Pair(i32, String);
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Nothing;
    round_trip((1, "a".to_owned(), [true, false]));
    round_trip(Pair(1, "a".into()));
    assert_eq!(round_trip(Metres(0.5)), [0x5F, 0, 0, 1, 0xF4], "a newtype adds nothing");
    assert_eq!(round_trip(()), [b'N']);
    assert_eq!(round_trip(Nothing), [b'N']);
    assert_eq!(round_trip(vec![Some(1), None]), [0x7A, 0x91, b'N']);
    round_trip((0..100).collect::<Vec<_>>());
    assert_eq!(round_trip(BTreeMap::from([(1, "a".to_owned())])), [b'H', 0x91, 0x01, b'a', b'Z']);
    round_trip(HashMap::from([((1, true), vec![1.5])]));
    round_trip(BTreeMap::from([("a".to_owned(), None), ("b".to_owned(), Some(1))]));
}

#[test]
fn a_list_of_unknown_length_has_an_end() {
    struct Unknown;
    impl Serialize for Unknown {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut list = serializer.serialize_seq(None)?;
            list.serialize_element(&1)?;
            list.serialize_element("a")?;
            list.end()
        }
    }
    let bytes = to_vec(&Unknown).unwrap();
    assert_eq!(bytes, [0x57, 0x91, 0x01, b'a', b'Z']);
    assert_eq!(read::<(i32, String)>(&bytes).unwrap(), (1, "a".into()));
}

#[test]
fn a_list_that_is_not_as_long_as_it_said_is_refused() {
    struct Liar;
    impl Serialize for Liar {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_seq(Some(3))?.end()
        }
    }
    let mut out = b"before".to_vec();
    let error = ch03_codec::hessian::append(&Liar, &mut out).unwrap_err();
    assert_eq!(error.to_string(), "a list of 3 elements was announced, and 0 came");
    assert_eq!(out, b"before", "nothing is appended after an error");
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Event {
    Started,
    Said(String),
    Moved(i32, i32),
    Paid { cents: i64, to: Option<String> },
}

#[test]
fn every_kind_of_variant() {
    round_trip(Event::Said("hi".into()));
    round_trip(Event::Moved(1, -1));
    round_trip(Event::Paid { cents: 5, to: None });
    let bytes = round_trip(vec![Event::Started, Event::Started]);
    // As Java writes its enums: the class has the one field `name`.
    assert_eq!(bytes, b"\x7aC\x05Event\x91\x04name\x60\x07Started\x60\x07Started");
    assert_eq!(to_vec(&Event::Moved(1, -1)).unwrap(), b"H\x05Moved\x7a\x91\x8fZ");
}

#[test]
fn a_unit_variant_may_come_as_text_object_or_map_and_a_second_time_as_reference() {
    for bytes in [&b"\x07Started"[..], b"C\x01E\x91\x04name\x60\x07Started", b"H\x07StartedNZ"] {
        assert_eq!(read::<Event>(bytes).unwrap(), Event::Started, "{}", shown(bytes));
    }
    // Java refers to a constant that it has written.
    let twice = b"\x7aC\x01E\x91\x04name\x60\x07Started\x51\x91";
    assert_eq!(read::<Vec<Event>>(twice).unwrap(), [Event::Started, Event::Started]);
    for (bytes, message) in [
        (
            &b"\x97"[..],
            "expected an enum: a text, an object with the one field `name`, or a map of one entry at byte 0, found 0x97: an int",
        ),
        (
            b"C\x01E\x91\x01x\x60\x07Started",
            "expected an enum: a text, an object with the one field `name`, or a map of one entry at byte 6, found 0x60: an object",
        ),
        (
            b"HZ",
            "expected an enum: a text, an object with the one field `name`, or a map of one entry at byte 0, found 0x5a: the end of a list or map",
        ),
        (b"H\x04Said\x01a\x04Said\x01bZ", "elements left over at byte 8: the type that is read has fewer"),
        (
            b"\x04Left",
            "unknown variant `Left`, expected one of `Started`, `Said`, `Moved`, `Paid`, in the value at byte 0",
        ),
    ] {
        assert_eq!(read::<Event>(bytes).unwrap_err().to_string(), message);
    }
}

#[derive(Debug, PartialEq, Deserialize)]
struct Account {
    name: String,
    nick: Option<String>,
    #[serde(default = "seven")]
    level: i32,
}

fn seven() -> i32 {
    7
}

fn account() -> Account {
    Account { name: "a".into(), nick: None, level: 7 }
}

#[test]
fn fields_are_found_by_name_unknown_ones_skipped_and_null_means_absent() {
    let mut graph = Graph::new();
    let inner = graph.list([1.into(), "x".into()]);
    let unknown = graph.object("Unknown", [("deep", inner)]);
    let fields = [
        ("level", Value::Null),
        ("other", unknown),
        ("nick", Value::Null),
        ("name", "a".into()),
        ("end", 1.into()),
    ];
    graph.root = graph.object("Whatever", fields.clone());
    let bytes = graph.encode().unwrap();
    assert_eq!(read::<Account>(&bytes).unwrap(), account(), "\n{}", shown(&bytes));

    graph.root = graph.map(fields.map(|(name, value)| (name.into(), value)));
    let bytes = graph.encode().unwrap();
    assert_eq!(read::<Account>(&bytes).unwrap(), account(), "a map for a struct\n{}", shown(&bytes));

    graph.root = graph.object("Account", [("nick", "b".into())]);
    let error = read::<Account>(&graph.encode().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "missing field `name`, in the value at byte 15");
}

#[test]
fn an_object_for_a_map_keeps_its_nulls() {
    let mut graph = Graph::new();
    graph.root = graph.object("A", [("x", 1.into()), ("y", Value::Null)]);
    let map: BTreeMap<String, Option<i32>> = read(&graph.encode().unwrap()).unwrap();
    assert_eq!(map, BTreeMap::from([("x".into(), Some(1)), ("y".into(), None)]));
}

#[test]
fn dates_are_dates_here_and_numbers_elsewhere() {
    assert_eq!(round_trip(Date(60_000)), [0x4B, 0, 0, 0, 1]);
    assert_eq!(round_trip(Date(-1))[0], 0x4A);
    assert_eq!(read::<i64>(&[0x4B, 0, 0, 0, 1]).unwrap(), 60_000);
    assert_eq!(serde_json::to_string(&Date(5)).unwrap(), "5");
    assert_eq!(serde_json::from_str::<Date>("5").unwrap(), Date(5));
}

#[test]
fn a_skipped_field_is_null_so_that_the_class_stays_the_same() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Sparse {
        #[serde(skip_serializing_if = "Option::is_none")]
        a: Option<i32>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        b: Vec<i32>,
        c: i32,
    }
    let sparse = |a, b: &[i32]| Sparse { a, b: b.to_vec(), c: 3 };
    round_trip(vec![sparse(None, &[]), sparse(Some(1), &[2]), sparse(None, &[4])]);
}

#[test]
fn a_list_linked_by_a_field_knows_its_class_from_the_inside() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Link {
        value: i32,
        next: Option<Box<Link>>,
        after: i32,
    }
    let mut list = None;
    for value in 0..5 {
        list = Some(Box::new(Link { value, next: list, after: -value }));
    }
    let bytes = round_trip(list);
    assert_eq!(bytes.iter().filter(|byte| **byte == b'C').count(), 1, "one definition");
}

/// Two types that call themselves `Same`.
struct Same(&'static [&'static str], Option<Box<Same>>);

impl Serialize for Same {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Same", self.0.len())?;
        for name in self.0 {
            object.serialize_field(name, &self.1)?;
        }
        object.end()
    }
}

#[test]
fn two_classes_of_one_name_must_have_the_same_fields() {
    let ab = || Same(&["a", "b"], None);
    assert!(to_vec(&(ab(), ab())).is_ok());
    for (other, index, expected, got) in [
        (&["a"][..], 1, "b", ""),
        (&["a", "c"], 1, "b", "c"),
        (&["a", "b", "c"], 2, "", "c"),
        (&[], 0, "a", ""),
    ] {
        let error = to_vec(&(ab(), Same(other, None))).unwrap_err();
        let message = format!(
            "class Same: field {index} is `{expected}` in its definition, and `{got}` in this object"
        );
        assert_eq!(error.to_string(), message, "one after the other");
        let error = to_vec(&Same(other, Some(Box::new(ab()))));
        assert!(error.is_err() || other.is_empty(), "one inside of the other: {other:?}");
    }
}

#[test]
fn more_than_sixteen_classes_and_several_values_in_one_stream() {
    let mut out = Vec::new();
    let mut serializer = Serializer::new(&mut out);
    macro_rules! classes {
        ($($name:ident)*) => {$(
            #[derive(Debug, PartialEq, Serialize, Deserialize)]
            struct $name { x: i32 }
            $name { x: 1 }.serialize(&mut serializer).unwrap();
            $name { x: 2 }.serialize(&mut serializer).unwrap();
        )*
            let budget = Budget::new(&Limits::default());
            let mut deserializer = Deserializer::new(&out, &budget);
        $(
            assert_eq!($name::deserialize(&mut deserializer).unwrap(), $name { x: 1 });
            assert_eq!($name::deserialize(&mut deserializer).unwrap(), $name { x: 2 });
        )*
            assert_eq!(deserializer.left(), 0);
            deserializer.end().unwrap();
        };
    }
    classes!(A B C D E F G H I J K L M N O P Q R);
    assert!(shown(&out).contains("object of class 17, R"));
}

#[test]
fn what_is_shared_is_read_twice() {
    let mut graph = Graph::new();
    let tags = graph.list(["a".into(), "b".into()]);
    let one = graph.object("One", [("tags", tags.clone()), ("n", 1.into())]);
    graph.root = graph.list([one.clone(), one, tags]);
    #[derive(Debug, Clone, PartialEq, Deserialize)]
    struct One {
        tags: Vec<String>,
        n: i32,
    }
    let bytes = graph.encode().unwrap();
    let tags = vec!["a".to_owned(), "b".to_owned()];
    let one = One { tags: tags.clone(), n: 1 };
    assert_eq!(
        read::<(One, One, Vec<String>)>(&bytes).unwrap(),
        (one.clone(), one, tags),
        "\n{}",
        shown(&bytes)
    );
}

#[test]
fn what_is_read_again_gets_no_second_number() {
    // The class and the list stand inside of what is read again; what follows has the numbers of the stream.
    let mut graph = Graph::new();
    let inner = graph.object("Inner", [("x", 1.into())]);
    let list = graph.list([inner.clone()]);
    graph.typed(&list, "T");
    let other = graph.object("Other", [("y", 2.into())]);
    let third = graph.object("Third", [("z", 3.into())]);
    let typed = graph.list([third]);
    graph.typed(&typed, "T");
    graph.root = graph.list([list.clone(), list, other.clone(), typed, other, inner]);
    type Objects = Vec<BTreeMap<String, i32>>;
    let bytes = graph.encode().unwrap();
    let (a, b, other, typed, again, inner): (Objects, Objects, _, Objects, _, BTreeMap<String, i32>) =
        read(&bytes).unwrap_or_else(|error| panic!("{error}\n{}", shown(&bytes)));
    assert_eq!(a, b);
    assert_eq!((a, typed), (vec![inner], vec![BTreeMap::from([("z".to_owned(), 3)])]));
    let y = BTreeMap::from([("y".to_owned(), 2)]);
    assert_eq!((other, again), (y.clone(), y));
}

#[test]
fn what_is_skipped_keeps_its_numbers() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Late {
        list: Vec<i32>,
    }
    let mut graph = Graph::new();
    let list = graph.list([1.into()]);
    let hidden = graph.object("Hidden", [("list", list.clone())]);
    graph.root = graph.object("Late", [("skipped", hidden), ("list", list)]);
    assert_eq!(read::<Late>(&graph.encode().unwrap()).unwrap(), Late { list: vec![1] });
}

#[test]
fn a_cycle_is_an_error_unless_nobody_looks_at_it() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Person {
        boss: Option<Box<Person>>,
    }
    let mut graph = Graph::new();
    let person = graph.object("Person", [("boss", Value::Null)]);
    graph.set(&person, "boss", person.clone());
    graph.root = person.clone();
    let bytes = graph.encode().unwrap();
    let error = read::<Person>(&bytes).unwrap_err();
    assert!(matches!(error, Error::Cycle { at: 15, node: 0 }), "{error}\n{}", shown(&bytes));
    assert_eq!(error.to_string(), "container 0, which the reference at byte 15 names, contains itself");
    read::<serde::de::IgnoredAny>(&bytes).unwrap();

    // First skipped, then looked at: the cycle lies in what is read again.
    graph.root = graph.map([("skipped".into(), person.clone()), ("boss".into(), person)]);
    let error = read::<Person>(&graph.encode().unwrap()).unwrap_err();
    assert!(matches!(error, Error::Cycle { .. }), "{error}");
}

#[test]
fn references_to_nowhere() {
    // The last one: to a list that comes later.
    for bytes in [&[0x51, 0x90][..], &[0x79, 0x51, 0x91], &[0x79, 0x51, 0x8F], &[0x7A, 0x51, 0x91, 0x78]] {
        let error = read::<Vec<Vec<i32>>>(bytes).unwrap_err();
        assert!(matches!(error, Error::UnknownNode { .. }), "{error}");
        let error = read::<serde::de::IgnoredAny>(bytes).unwrap_err();
        assert!(matches!(error, Error::UnknownNode { .. }), "{error}");
    }
    // A type name that is read again is not a new one.
    let error = read::<Vec<Vec<i32>>>(b"\x7b\x70\x01T\x51\x91\x70\x91").unwrap_err();
    assert!(matches!(error, Error::UnknownType { number: 1, known: 1, .. }), "{error}");
}

#[test]
fn what_others_say_is_cut() {
    let error = read::<i32>(&to_vec(&"中".repeat(100_000)).unwrap()).unwrap_err();
    assert!(error.to_string().len() < 1100, "{} bytes", error.to_string().len());
}

#[test]
fn left_over_bytes_and_elements() {
    assert_eq!(
        read::<i32>(&[0x90, 0x90]).unwrap_err().to_string(),
        "1 bytes left over at byte 1, after the value"
    );
    let error = read::<(i32,)>(&[0x7A, 0x90, 0x90]).unwrap_err();
    assert_eq!(error.to_string(), "elements left over at byte 2: the type that is read has fewer");
    assert_eq!(read::<(i32,)>(&[0x57, 0x90, b'Z']).unwrap(), (0,), "the end of a tuple is read, too");
}

#[test]
fn wrong_types_say_what_and_where() {
    let mut graph = Graph::new();
    graph.root = graph.object("Order", [("id", "seven".into())]);
    let error = read::<Order>(&graph.encode().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "invalid type: string \"seven\", expected u64, in the value at byte 12");
    let error = read::<String>(b"N").unwrap_err();
    assert_eq!(error.to_string(), "invalid type: unit value, expected a string, in the value at byte 0");
}

#[test]
fn a_type_that_is_an_option_of_itself_is_too_deep() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Newtype(Option<Box<Newtype>>);
    #[derive(Debug, Deserialize)]
    #[serde(transparent)]
    #[allow(dead_code)]
    struct Transparent {
        inner: Option<Box<Transparent>>,
    }
    let too_deep = |error: Error| matches!(error, Error::Limit(LimitError::TooDeep { limit: 64 }));
    assert!(read::<Newtype>(&[0x90]).is_err_and(too_deep));
    assert!(read::<Transparent>(&[0x90]).is_err_and(too_deep));
}

#[test]
fn an_option_is_a_level_too() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Link {
        next: Option<Box<Link>>,
    }
    let chain = |length: usize| (0..length).fold(None, |next, _| Some(Box::new(Link { next })));
    round_trip(chain(32));
    let error = read::<Option<Box<Link>>>(&to_vec(&chain(33)).unwrap()).unwrap_err();
    assert!(matches!(error, Error::Limit(LimitError::TooDeep { .. })), "{error}");
}
