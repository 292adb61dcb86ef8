//! What must hold for every graph and every value of a program. `CASES=100000 cargo test --release -p ch03-codec
//! --test hessian_properties` tries that many; `CASE=…` repeats one.

mod hessian_support;

use std::collections::BTreeMap;

use ch03_codec::Limits;
use ch03_codec::dump::show;
use ch03_codec::hessian::{Date, Graph, NodeId, Value, dump, from_slice, to_vec};
use fastrand::Rng;
use hessian_support::{ALL, Kinds, difference, each_case, graph, scalar, text};
use serde::{Deserialize, Serialize};

#[test]
fn a_graph_comes_back_as_it_went() {
    let (mut shared, mut nodes) = (0, 0);
    each_case(|rng| {
        let graph = graph(rng, ALL);
        let bytes = graph.encode().unwrap();
        let back = Graph::decode(&bytes, &Limits::default())
            .unwrap_or_else(|error| panic!("{error}\n{}", show(&dump(&bytes))));
        if let Some(difference) = difference(&graph, &back) {
            panic!("{difference}\n{}", show(&dump(&bytes)));
        }
        assert!(graph.same_shape(&back).unwrap(), "the same bytes again");
        shared += bytes.iter().filter(|byte| **byte == 0x51).count();
        nodes += back.nodes.len();
    });
    println!("{nodes} nodes came back");
    assert!(shared > 0, "a generator without references would prove nothing");
}

#[test]
fn a_dump_shows_every_byte_once_and_counts_as_the_graph_does() {
    each_case(|rng| {
        let bytes = graph(rng, Kinds { long: false, ..ALL }).encode().unwrap();
        let lines = dump(&bytes);
        let text = show(&lines);
        assert!(!text.contains("fault"), "{text}");
        let all: Vec<u8> = lines.iter().flat_map(|line| line.bytes.clone()).collect();
        assert_eq!(all, bytes);
        let nodes = Graph::decode(&bytes, &Limits::default()).unwrap().nodes.len();
        assert_eq!(text.contains("node 0"), nodes > 0);
        assert!(!text.contains(&format!("node {nodes},")), "{text}");
    });
}

#[test]
fn nodes_are_numbered_as_the_message_has_them() {
    each_case(|rng| {
        let back = Graph::decode(&graph(rng, ALL).encode().unwrap(), &Limits::default()).unwrap();
        assert!(back.nodes.is_empty() || back.root == Value::Node(NodeId(0)));
        // Encoding what was decoded gives every node the number that it has.
        let again = Graph::decode(&back.encode().unwrap(), &Limits::default()).unwrap();
        assert_eq!(format!("{back:?}"), format!("{again:?}"));
    });
}

/// Every kind of thing that serde knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Tree {
    Leaf,
    Bool(bool),
    Byte(i8),
    Int(i32),
    Unsigned(u32),
    Long(i64),
    Float(f32),
    Double(f64),
    Char(char),
    Text(String),
    Bytes(#[serde(with = "serde_bytes")] Vec<u8>),
    Date(Date),
    Maybe(Option<Box<Tree>>),
    List(Vec<Tree>),
    Pair(Box<Tree>, i64),
    Map(BTreeMap<String, Tree>),
    Record { first: Box<Tree>, second: Option<String> },
    Inner(Inner),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Inner {
    name: String,
    children: Vec<Inner>,
    tree: Option<Box<Tree>>,
}

fn tree(rng: &mut Rng, depth: usize) -> Tree {
    let kind = rng.u8(..if depth == 0 { 12 } else { 18 });
    let below = |rng: &mut Rng| Box::new(tree(rng, depth.saturating_sub(1)));
    match kind {
        0 => Tree::Leaf,
        1 => Tree::Bool(rng.bool()),
        2 => Tree::Byte(rng.i8(..)),
        3 => Tree::Int(rng.i32(..) >> rng.u8(..32)),
        4 => Tree::Unsigned(rng.u32(..) >> rng.u8(..32)),
        5 => Tree::Long(rng.i64(..) >> rng.u8(..64)),
        6 => Tree::Float(rng.f32()),
        7 => match scalar(rng, ALL) {
            Value::Double(value) => Tree::Double(value),
            _ => Tree::Double(rng.f64()),
        },
        8 => Tree::Char(rng.char(..)),
        9 => Tree::Text(text(rng, ALL)),
        10 => Tree::Bytes((0..rng.usize(..40)).map(|_| rng.u8(..)).collect()),
        11 => Tree::Date(Date(rng.i64(..) >> rng.u8(..64))),
        12 => Tree::Maybe(rng.bool().then(|| below(rng))),
        13 => Tree::List((0..rng.usize(..10)).map(|_| *below(rng)).collect()),
        14 => Tree::Pair(below(rng), rng.i64(..)),
        15 => Tree::Map((0..rng.usize(..5)).map(|_| (text(rng, ALL), *below(rng))).collect()),
        16 => Tree::Record { first: below(rng), second: rng.bool().then(|| text(rng, ALL)) },
        _ => Tree::Inner(inner(rng, depth)),
    }
}

fn inner(rng: &mut Rng, depth: usize) -> Inner {
    let below = depth.saturating_sub(1);
    Inner {
        name: text(rng, Kinds { long: false, ..ALL }),
        children: (0..if depth == 0 { 0 } else { rng.usize(..3) }).map(|_| inner(rng, below)).collect(),
        tree: (depth > 0 && rng.bool()).then(|| Box::new(tree(rng, below))),
    }
}

#[test]
fn a_value_of_a_program_comes_back_as_it_went() {
    each_case(|rng| {
        let tree = tree(rng, 4);
        let bytes = to_vec(&tree).unwrap();
        let back: Tree = from_slice(&bytes, &Limits::default())
            .unwrap_or_else(|error| panic!("{error}\n{tree:?}\n{}", show(&dump(&bytes))));
        assert_eq!(back, tree, "\n{}", show(&dump(&bytes)));
        // A graph of it is written in the same bytes, so serde and graphs choose the same forms.
        let graph = Graph::decode(&bytes, &Limits::default()).unwrap();
        assert_eq!(graph.encode().unwrap(), bytes, "\n{}", show(&dump(&bytes)));
    });
}
