//! Every value that the Java implementation wrote for us: we read it, know what it says, and write the same
//! bytes.

use ch03_codec::hessian::{Graph, GraphReader, GraphWriter, Node, Value};
use ch03_codec::{Budget, Limits};

const VECTORS: &str = include_str!("vectors/java-hessian.txt");

/// Vectors whose bytes we do not write again exactly, and why.
///
/// None: what we do otherwise (-0.0 keeps its sign, lists without a count get one, a binary's chunks do not
/// depend on how full a buffer happens to be) is not among them.
const OTHER_BYTES: [(&str, &str); 0] = [];

/// `what = bytes`
fn whole() -> Vec<(&'static str, Vec<u8>)> {
    let lines = VECTORS.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" = ")).map(|(name, hex)| (name, from_hex(hex))).collect()
}

/// `what -> length, head`
fn heads() -> Vec<(&'static str, usize, Vec<u8>)> {
    let lines = VECTORS.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.filter_map(|line| line.split_once(" -> "));
    let parts = lines.map(|(name, rest)| {
        let (length, head) = rest.split_once(" head ").expect("a head");
        (name, length.trim_start_matches("bytes ").parse().expect("a length"), from_hex(head))
    });
    parts.collect()
}

fn from_hex(hex: &str) -> Vec<u8> {
    assert!(hex.len().is_multiple_of(2), "half a byte in {hex}");
    let pairs = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).expect("hex is ASCII"));
    pairs.map(|pair| u8::from_str_radix(pair, 16).expect("hex")).collect()
}

/// All values of a stream.
fn read(bytes: &[u8]) -> (Vec<Value>, Vec<Node>) {
    let budget = Budget::new(&Limits::default());
    let mut reader = GraphReader::new(bytes, &budget);
    let mut values = Vec::new();
    while reader.end().is_err() {
        values.push(reader.value().expect("a value"));
    }
    (values, reader.into_nodes())
}

fn write(values: &[Value], nodes: &[Node]) -> Vec<u8> {
    let (mut out, mut writer) = (Vec::new(), GraphWriter::new(nodes));
    for value in values {
        writer.value(value, &mut out).expect("can be written");
    }
    out
}

#[test]
fn all_of_them_are_tested() {
    assert_eq!((whole().len(), heads().len()), (51, 7));
    assert_eq!(VECTORS.lines().filter(|line| !line.starts_with('#')).count(), 58, "no line is overlooked");
}

#[test]
fn what_java_wrote_we_write_too() {
    for (name, bytes) in whole() {
        let (values, nodes) = read(&bytes);
        let other = OTHER_BYTES.iter().find(|(other, _)| *other == name);
        let written = write(&values, &nodes);
        assert_eq!(
            written == bytes,
            other.is_none(),
            "{name}: {values:?} is {written:02x?}, Java: {bytes:02x?}"
        );
    }
}

#[test]
fn each_says_what_it_is_called() {
    for (name, bytes) in whole() {
        let (mut values, nodes) = read(&bytes);
        let expected = expected(name);
        let first = values.first().cloned().unwrap_or(Value::Null);
        let got = Graph { root: first, nodes: nodes.clone() };
        if values.len() == 1 {
            assert_eq!(Graph { root: values.remove(0), nodes }.encode().unwrap(), bytes, "{name}");
        }
        assert!(got.same_shape(&expected).unwrap(), "{name}: {got:#?}\nexpected {expected:#?}");
    }
}

/// What Java was given.
fn expected(name: &str) -> Graph {
    let mut graph = Graph::new();
    graph.root = match name.split_once(' ') {
        Some(("int", number)) => Value::Int(number.parse().unwrap()),
        Some(("long", number)) => Value::Long(number.parse().unwrap()),
        Some(("double", number)) => Value::Double(number.parse().unwrap()),
        _ => match name {
            "str empty" => "".into(),
            "str 31" => "x".repeat(31).into(),
            "str 32" => "x".repeat(32).into(),
            "zh" => "中文".into(),
            "emoji" => "😀".into(),
            "date s" => Value::Date(894_621_091_000),
            "date min" => Value::Date(894_621_060_000),
            "bytes 3" => Value::Binary(vec![1, 2, 3]),
            "bytes 16" => Value::Binary(vec![0; 16]),
            "true" => true.into(),
            "null" => Value::Null,
            "list" => graph.list([1.into(), "a".into()]),
            "int[]" => {
                let list = graph.list([1.into(), 2.into()]);
                graph.typed(&list, "[int");
                list
            }
            "String[]" => {
                let list = graph.list(["a".into()]);
                graph.typed(&list, "[string");
                list
            }
            "map" => graph.map([("k".into(), 1.into())]),
            "treemap" => {
                let map = graph.map([("k".into(), 1.into())]);
                graph.typed(&map, "java.util.TreeMap");
                map
            }
            "user" => {
                let user = user(&mut graph);
                graph.set(&user, "self", user.clone());
                user
            }
            "two users same list" => user(&mut graph),
            _ => panic!("what is {name:?}?"),
        },
    };
    graph
}

fn user(graph: &mut Graph) -> Value {
    let tags = graph.list(["a".into(), "中文".into(), "😀".into()]);
    let fields = [
        ("id", 7.into()),
        ("name", "n".into()),
        ("big", Value::Long(5_000_000_000)),
        ("score", 1.5.into()),
        ("tags", tags),
        ("self", Value::Null),
    ];
    graph.object("Hess$User", fields)
}

#[test]
fn a_cycle_is_the_same_node_again() {
    let (_, bytes) = whole().into_iter().find(|(name, _)| *name == "user").unwrap();
    let graph = Graph::decode(&bytes, &Limits::default()).unwrap();
    assert_eq!(graph.field(&graph.root, "self"), Some(&graph.root));
    assert_eq!(graph.nodes.len(), 2, "the user and the list");
}

#[test]
fn two_values_of_a_stream_share_their_class() {
    let (_, bytes) = whole().into_iter().find(|(name, _)| *name == "two users same list").unwrap();
    let (values, nodes) = read(&bytes);
    let [first, second] = values.as_slice() else { panic!("{values:?}") };
    assert_ne!(first, second);
    assert_eq!(nodes.len(), 4, "two users, each with a list");
}

#[test]
fn long_ones_have_the_same_length_and_head() {
    for (name, length, head) in heads() {
        let (kind, count) = name.split_once(" len ").expect("what len how many");
        let count = count.parse().expect("a number");
        let value = match kind {
            "str" => Value::from("x".repeat(count)),
            "bytes" => Value::from(vec![0; count]),
            _ => panic!("what is {name:?}?"),
        };
        let bytes = write(std::slice::from_ref(&value), &[]);
        assert_eq!((bytes.len(), &bytes[..head.len()]), (length, &head[..]), "{name}");
        assert_eq!(read(&bytes).0, [value], "{name}");
    }
}

#[test]
fn the_end_may_not_be_missing() {
    for (name, bytes) in whole() {
        for length in 0..bytes.len() {
            let cut = Graph::decode(&bytes[..length], &Limits::default());
            let whole_before = name == "two users same list" && cut.is_ok();
            assert!(cut.is_err() || whole_before, "{name}, {length} of {} bytes: {cut:?}", bytes.len());
        }
    }
}
