//! Graphs that nobody would think of, the same ones for the same seed.
#![allow(dead_code)] // Every test uses a part of it.

use std::collections::HashMap;
use std::sync::Arc;

use ch03_codec::hessian::{Class, Graph, Node, NodeId, Value};
use fastrand::Rng;

/// Cases, unless `CASES` says otherwise.
const CASES: u64 = 1_000;

/// Runs `case` with the seeds from 0 on: as many as `CASES` says, or with the one that `CASE` names.
pub fn each_case(mut case: impl FnMut(&mut Rng)) {
    struct Named(u64);
    impl Drop for Named {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("this was case {0}: CASE={0} repeats it", self.0);
            }
        }
    }
    let cases = number("CASE").map_or(0..number("CASES").unwrap_or(CASES), |only| only..only + 1);
    for seed in cases {
        let _named = Named(seed);
        case(&mut Rng::with_seed(seed));
    }
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name}: expected a number, got {text:?}")))
}

/// What a writer can say of its graphs.
#[derive(Debug, Clone, Copy)]
pub struct Kinds {
    /// Elements may be nodes that came earlier, the one itself, or one around it.
    pub cycles: bool,
    /// Keys that are not text.
    pub any_key: bool,
    /// Texts at the borders of chunks, which are long.
    pub long: bool,
}

/// Everything that there is.
pub const ALL: Kinds = Kinds { cycles: true, any_key: true, long: true };

/// A graph with up to 12 nodes that refer to each other as it happens.
pub fn graph(rng: &mut Rng, kinds: Kinds) -> Graph {
    let count = rng.usize(..12);
    let classes: Vec<Arc<Class>> = (0..3).map(|number| Arc::new(class(rng, number))).collect();
    let mut graph = Graph::new();
    for id in 0..count {
        let node = node(rng, kinds, &classes, id, count);
        graph.add(node);
    }
    graph.root = if count > 0 { Value::Node(NodeId(0)) } else { scalar(rng, kinds) };
    graph
}

fn class(rng: &mut Rng, number: usize) -> Class {
    let fields = (0..rng.usize(..5)).map(|field| format!("f{field}")).collect();
    Class { name: format!("com.example.C{number}"), fields }
}

fn node(rng: &mut Rng, kinds: Kinds, classes: &[Arc<Class>], id: usize, count: usize) -> Node {
    let type_name = match rng.u8(..4) {
        0 => Some(Arc::from("java.util.LinkedList")),
        1 => Some(Arc::from("com.example.Type")),
        _ => None,
    };
    let length = *rng.choice(&[0, 1, 2, 3, 7, 8, 9]).expect("not empty");
    match rng.u8(..3) {
        0 => {
            let values = (0..length).map(|_| value(rng, kinds, id, count)).collect();
            Node::List { type_name, values }
        }
        1 => {
            let type_name = type_name.map(|_| Arc::from("java.util.TreeMap"));
            let entries = (0..length).map(|index| {
                let any = kinds.any_key && rng.bool();
                let key = if any { value(rng, kinds, id, count) } else { format!("k{index}").into() };
                (key, value(rng, kinds, id, count))
            });
            Node::Map { type_name, entries: entries.collect() }
        }
        _ => {
            let class = Arc::clone(rng.choice(classes).expect("not empty"));
            let values = class.fields.iter().map(|_| value(rng, kinds, id, count)).collect();
            Node::Object { class, values }
        }
    }
}

fn value(rng: &mut Rng, kinds: Kinds, id: usize, count: usize) -> Value {
    // Without cycles a node refers to later ones only.
    let first = if kinds.cycles { 0 } else { id + 1 };
    if first < count && rng.u8(..3) == 0 {
        return Value::Node(NodeId(rng.usize(first..count)));
    }
    scalar(rng, kinds)
}

/// A value without elements, most likely one at a border.
pub fn scalar(rng: &mut Rng, kinds: Kinds) -> Value {
    match rng.u8(..8) {
        0 => Value::Null,
        1 => rng.bool().into(),
        2 => (near_a_power_of_two(rng) as i32).into(),
        3 => near_a_power_of_two(rng).into(),
        4 => double(rng).into(),
        5 => Value::Date(near_a_power_of_two(rng) >> rng.u8(..20) << 5),
        6 => text(rng, kinds).into(),
        _ => binary(rng, kinds).into(),
    }
}

/// Where forms end: a power of two, or one beside it, with either sign.
fn near_a_power_of_two(rng: &mut Rng) -> i64 {
    let near = (1_i64 << rng.u8(..64)).wrapping_add(rng.i64(-1..=1));
    if rng.bool() { near } else { near.wrapping_neg() }
}

fn double(rng: &mut Rng) -> f64 {
    match rng.u8(..4) {
        0 => near_a_power_of_two(rng) as f64,
        1 => near_a_power_of_two(rng) as f64 / 1000.0,
        2 => *rng.choice(&[0.0, 1.0, -0.0, 0.1, f64::INFINITY, f64::MIN_POSITIVE, 1e308]).expect("not empty"),
        _ => rng.f64(),
    }
}

/// Lengths at which the head of a text changes, in units.
const TEXT_LENGTHS: [usize; 8] = [0, 1, 30, 31, 32, 33, 1023, 1024];
/// And those at which chunks end.
const LONG_TEXTS: [usize; 6] = [0x7FFF, 0x8000, 0x8001, 0x8002, 0x1_0000, 0x1_0001];

pub fn text(rng: &mut Rng, kinds: Kinds) -> String {
    let long = kinds.long && rng.u8(..50) == 0;
    let length = *rng.choice(if long { &LONG_TEXTS[..] } else { &TEXT_LENGTHS }).expect("not empty");
    let alphabet: &[char] = match rng.u8(..3) {
        0 => &['a', 'Z', ' ', '\0', '"', '\\', '\n'],
        1 => &['a', 'é', '中', '\u{7FF}', '\u{800}', '\u{FFFF}'],
        _ => &['a', '中', '😀', '\u{10000}', '\u{10FFFF}'],
    };
    (0..length).map(|_| *rng.choice(alphabet).expect("not empty")).collect()
}

fn binary(rng: &mut Rng, kinds: Kinds) -> Vec<u8> {
    let long = kinds.long && rng.u8(..50) == 0;
    let lengths: &[usize] =
        if long { &[8188, 8189, 8190, 16_378, 16_379] } else { &[0, 1, 15, 16, 1023, 1024] };
    let length = *rng.choice(lengths).expect("not empty");
    (0..length).map(|_| rng.u8(..)).collect()
}

/// Whether two graphs say the same; if not, what differs. It knows nothing of how graphs are written.
pub fn difference(a: &Graph, b: &Graph) -> Option<String> {
    let mut partners = HashMap::new();
    let mut todo = vec![(a.root.clone(), b.root.clone())];
    while let Some((x, y)) = todo.pop() {
        let (Value::Node(i), Value::Node(j)) = (&x, &y) else {
            let same = match (&x, &y) {
                (Value::Double(x), Value::Double(y)) => x.to_bits() == y.to_bits(),
                _ => x == y,
            };
            if !same {
                return Some(format!("{x:?} became {y:?}"));
            }
            continue;
        };
        match (partners.insert(("a", *i), *j), partners.insert(("b", *j), *i)) {
            (None, None) => {}
            (Some(before), Some(back)) if before == *j && back == *i => continue,
            other => return Some(format!("node {i:?} became {j:?}, and {other:?} before")),
        }
        let parts = |graph: &Graph, node: &Value| match graph.node(node).expect("a node") {
            Node::List { type_name, values } => (format!("list {type_name:?}"), values.clone()),
            Node::Object { class, values } => (format!("object {class:?}"), values.clone()),
            Node::Map { type_name, entries } => {
                let values = entries.iter().flat_map(|(key, value)| [key.clone(), value.clone()]);
                (format!("map {type_name:?}"), values.collect())
            }
        };
        let ((kind, xs), (other, ys)) = (parts(a, &x), parts(b, &y));
        if kind != other || xs.len() != ys.len() {
            return Some(format!("{kind} of {} became {other} of {}", xs.len(), ys.len()));
        }
        todo.extend(xs.into_iter().zip(ys));
    }
    None
}

/// An honest message, spoilt.
pub fn spoil(rng: &mut Rng, bytes: &mut Vec<u8>) {
    for _ in 0..rng.usize(1..4) {
        let at = rng.usize(..=bytes.len());
        // A byte that begins something, for a good chance that the rest is read as something else.
        let byte = *rng
            .choice(b"ABCDFHIJKLMNOQRSTVWXYZ\x00\x1f\x20\x34\x51\x60\x6f\x70\x79\x90\xff")
            .expect("not empty");
        match rng.u8(..4) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, byte),
            2 => drop(bytes.drain(at..bytes.len().min(at + rng.usize(..4)))),
            _ => bytes[at..].iter_mut().take(1).for_each(|old| *old = byte),
        }
    }
}
