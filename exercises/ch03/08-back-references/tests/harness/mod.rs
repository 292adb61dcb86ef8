//! Graphs in words, messages with their meaning, and your two functions, called so that a panic is explained.

use std::collections::BTreeSet;
use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::Command;
use std::sync::LazyLock;

use ch03_codec::Limits;
use ch03_codec::hessian::{self, Error, Graph, Node, NodeId, Reader, Value};
use spec_kit::{Failure, TIMED_OUT, hex_dump, within};

pub const PAGE: &str = "chapter 3, \"A shared list stays shared\"";

/// Calls your `decode`.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Graph, Error> {
    let (owned, limits) = (bytes.to_vec(), *limits);
    told("decode", "the message", drawn(bytes), move || back_references::decode(&owned, &limits))
}

/// Calls your `encode`.
pub fn encode(graph: &Graph) -> Result<Vec<u8>, Error> {
    if contains_itself(graph) && !*A_CYCLE_IS_SURVIVED {
        Failure::new("Your `encode` overflowed its stack, and the whole process was gone.")
            .show("the graph", in_words(graph))
            .expected("an answer")
            .got("a process that is dead, with everything else that it was doing")
            .because(
                "A list that is in itself was written again in itself, for ever. It needs its number before its \
                 elements are written, so that they find it. And let `begin_list` write each head: it asks \
                 for the depth, and would have ended this with an error.",
            )
            .page(PAGE)
            .raise();
    }
    let owned = graph.clone();
    told("encode", "the graph", in_words(graph), move || back_references::encode(&owned))
}

/// Whether `a_cycle_ends` comes to an end in a process of its own, green or red. A stack that overflows ends a
/// process: nothing in it could say so. It is asked once; in that other process the answer is yes.
static A_CYCLE_IS_SURVIVED: LazyLock<bool> = LazyLock::new(|| {
    const ALONE: &str = "WORKSHOP_ALONE";
    if env::var_os(ALONE).is_some() {
        return true;
    }
    let output = env::current_exe().and_then(|spec| {
        Command::new(spec).arg("a_cycle_ends").env(ALONE, "1").env_remove("RUST_MIN_STACK").output()
    });
    let output = output.expect("a test can start a process");
    !String::from_utf8_lossy(&output.stderr).contains("overflowed its stack")
});

/// Whether some list of the graph can be reached from itself.
fn contains_itself(graph: &Graph) -> bool {
    let inner = |node: usize| {
        let values = graph.elements(&list(node)).unwrap_or_default();
        values.iter().filter_map(|value| match value {
            Value::Node(NodeId(inner)) => Some(*inner),
            _ => None,
        })
    };
    // Whoever is left when those that lead nowhere have been taken away is in a cycle, or leads into one.
    let mut left: BTreeSet<usize> = (0..graph.nodes.len()).collect();
    loop {
        let (stay, go): (BTreeSet<usize>, _) =
            left.iter().partition(|&&node| inner(node).any(|inner| left.contains(&inner)));
        if go.is_empty() {
            return !stay.is_empty();
        }
        left = stay;
    }
}

fn told<T: Send + 'static>(
    name: &str,
    title: &str,
    evidence: String,
    work: impl FnOnce() -> T + Send + 'static,
) -> T {
    let answer = catch_unwind(AssertUnwindSafe(|| within("your function runs", work)));
    answer.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned();
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        let because = if text.contains(TIMED_OUT) {
            "A list that is in itself is written once and named from then on. Hand on every error with `?`: \
             the one about the depth ends what would never end."
        } else if text.contains("out of bounds") || text.contains("out of range") {
            "A number in a message is a claim. Compare it with how many lists have begun, before you look \
             there. And the place of a new list is `nodes.len()` as it was before the list was pushed."
        } else if text.contains("overflow") {
            "A number in a message may be negative, and then it is no `usize`: `usize::try_from`. Each \
             `budget.leave()` belongs to a list that was entered. And `list_head` takes the first byte of a \
             list itself, one of 58 and 78 to 7f: `peek` leaves it there."
        } else {
            "No message and no graph may make it panic. The panic says in its own words what went wrong."
        };
        Failure::new(format_args!("`{name}` panicked."))
            .show(title, evidence)
            .expected("an answer")
            .got(text.trim())
            .because(because)
            .page(PAGE)
            .raise()
    })
}

/// An element that is a list.
pub fn list(number: usize) -> Value {
    Value::Node(NodeId(number))
}

/// An element that is a number.
pub fn int(number: i32) -> Value {
    Value::Int(number)
}

/// A graph whose root is its first list.
pub fn graph<const N: usize>(lists: [&[Value]; N]) -> Graph {
    let node = |values: &&[Value]| Node::List { type_name: None, values: values.to_vec() };
    Graph { root: list(0), nodes: lists.iter().map(node).collect() }
}

/// `root #0 · #0 = [#1, #1] · #1 = [1]`
pub fn in_words(graph: &Graph) -> String {
    let value = |value: &Value| match value {
        Value::Node(NodeId(number)) => format!("#{number}"),
        Value::Int(number) => number.to_string(),
        Value::String(text) => format!("{text:?}"),
        Value::Null => "null".to_owned(),
        other => format!("{other:?}"),
    };
    let mut words = format!("root {}", value(&graph.root));
    for (number, node) in graph.nodes.iter().enumerate() {
        let elements = match node {
            Node::List { type_name: None, values } => values.iter().map(value).collect::<Vec<_>>().join(", "),
            other => format!("not a list without a type: {other:?}"),
        };
        words += &format!(" · #{number} = [{elements}]");
    }
    if words.chars().count() > 250 { words.chars().take(250).chain(" …".chars()).collect() } else { words }
}

/// An answer in words.
pub fn answer(got: &Result<Graph, Error>) -> String {
    match got {
        Ok(graph) => format!("Ok: {}", in_words(graph)),
        Err(error) => format!("Err({error:?})"),
    }
}

/// The message with a note below each list and each reference; of a long one the beginning.
pub fn drawn(bytes: &[u8]) -> String {
    // A short message whole; of a long one less, for the notes take a line each.
    let shown = if bytes.len() <= 32 { 32 } else { 12 };
    let (mut notes, mut lists, mut at) = (Vec::new(), 0, 0);
    // The int behind a byte, and how long it is.
    let int_behind = |at: usize| {
        let mut reader = Reader::new(&bytes[at + 1..]);
        hessian::int::read(&mut reader).ok().map(|number| (number, reader.at()))
    };
    while let Some(&byte) = bytes[..bytes.len().min(shown)].get(at) {
        match (byte, int_behind(at)) {
            (0x78..=0x7F, _) => {
                notes.push((at..at + 1, format!("list {lists}, {}", elements(i32::from(byte) - 0x78))));
                lists += 1;
            }
            (0x58, Some((count, length))) => {
                notes.push((at..at + 1 + length, format!("list {lists}, {}", elements(count))));
                lists += 1;
                at += length;
            }
            (0x51, Some((number, length))) => {
                notes.push((at..at + 1 + length, format!("list {number} again")));
                at += length;
            }
            (0x01..=0x1F, _) => at += usize::from(byte), // a text; its letters are no values
            _ => {}
        }
        at += 1;
    }
    let notes: Vec<_> = notes.iter().map(|(place, note)| (place.clone(), note.as_str())).collect();
    if bytes.len() <= shown {
        return hex_dump(bytes, &notes);
    }
    format!("{}… and {} bytes more\n", hex_dump(&bytes[..shown], &notes), bytes.len() - shown)
}

fn elements(count: i32) -> String {
    format!("{count} element{}", if count == 1 { "" } else { "s" })
}

/// `79 51 90`, and of many the beginning.
pub fn hex(bytes: &[u8]) -> String {
    const SHOWN: usize = 24;
    let hex: Vec<String> = bytes.iter().take(SHOWN).map(|byte| format!("{byte:02x}")).collect();
    let more = if bytes.len() > SHOWN { format!(" … ({} bytes)", bytes.len()) } else { String::new() };
    hex.join(" ") + &more
}

/// Numbers that look random and are the same in every run (splitmix64).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        (mixed % below as u64) as usize
    }
}
