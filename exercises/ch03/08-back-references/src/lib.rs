//! 03-08 A shared list stays shared.
//!
//! A list is written once. Whoever meets it again writes its number: the first list that began has 0, the
//! second 1. So two elements can be one list, and a list can be in itself.
//!
//! ```text
//!   7a  79 91  51 91        [ [1], the same ]       51 = "list number", 91 = the int 1
//!   │   │      │
//!   │   │      └ list 1 again
//!   │   └ list 1
//!   └ list 0                79 51 90                a list whose only element is itself
//! ```
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use std::collections::HashMap;

use ch03_codec::hessian::{Error, Graph, GraphWriter, Node, NodeId, Reader, Value, int, tag, text};
use ch03_codec::{Budget, Limits};

/// The graph in `bytes`, all of them. This version knows lists, references, ints, texts and null.
///
/// # Errors
/// [`Error`].
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Graph, Error> {
    let budget = Budget::new(limits);
    let mut decoder = Decoder { reader: Reader::new(bytes), budget: &budget, nodes: Vec::new() };
    let root = decoder.value()?;
    decoder.reader.end()?;
    Ok(Graph { root, nodes: decoder.nodes })
}

struct Decoder<'a> {
    reader: Reader<'a>,
    budget: &'a Budget,
    /// The lists that have begun, by their number.
    nodes: Vec<Node>,
}

impl Decoder<'_> {
    /// The next value.
    ///
    /// It calls itself for the elements of a list; how deep, the budget bounds.
    fn value(&mut self) -> Result<Value, Error> {
        let at = self.reader.at();
        // YOUR CODE read_value: a list has its number before its elements; a reference is a number that is known.
        todo!("03-08 read_value")
        // END YOUR CODE
    }

    /// Takes the head of a list, and says how many elements follow.
    fn list_head(&mut self) -> Result<usize, Error> {
        let count = match self.reader.byte("a list")? {
            tag::LIST => int::read(&mut self.reader)?,
            short => i32::from(short - tag::LIST_SHORT),
        };
        let (at, left) = (self.reader.at(), self.reader.rest().len());
        let elements = usize::try_from(count).ok().filter(|&elements| elements <= left);
        let elements = elements.ok_or(Error::Count { at, count, left })?;
        self.budget.elements(elements as u64)?;
        Ok(elements)
    }

    /// A value without elements.
    fn scalar(&mut self) -> Result<Value, Error> {
        Ok(match self.reader.peek("a value")? {
            tag::NULL => {
                self.reader.byte("null")?;
                Value::Null
            }
            0x00..=0x1F | 0x30..=0x33 | tag::TEXT_CHUNK | tag::TEXT_LAST => {
                Value::String(text::read(&mut self.reader, self.budget)?.into_owned())
            }
            _ => Value::Int(int::read(&mut self.reader)?),
        })
    }
}

/// A list without a type.
fn list(values: Vec<Value>) -> Node {
    Node::List { type_name: None, values }
}

/// The bytes of `graph`, from its root. What nothing reaches is not written.
///
/// # Errors
/// [`Error::NoSuchNode`]; [`Error::Limit`] for a graph that is deeper than [`decode`] would read.
pub fn encode(graph: &Graph) -> Result<Vec<u8>, Error> {
    let budget = Budget::new(&Limits::default());
    let mut encoder = Encoder { graph, budget, numbers: HashMap::new(), out: Vec::new() };
    encoder.value(&graph.root)?;
    Ok(encoder.out)
}

struct Encoder<'g> {
    graph: &'g Graph,
    budget: Budget,
    /// The number of each list that has begun.
    numbers: HashMap<NodeId, usize>,
    out: Vec<u8>,
}

impl<'g> Encoder<'g> {
    /// Appends a value.
    fn value(&mut self, value: &'g Value) -> Result<(), Error> {
        let Value::Node(id) = value else { return self.scalar(value) };
        // YOUR CODE write_list: written before? then its number; else a number for it, its head, its elements.
        todo!("03-08 write_list")
        // END YOUR CODE
    }

    /// Writes the head of a list, and gives its elements. One level deeper, until `budget.leave()`: so whoever
    /// writes a cycle for ever gets an error, and no stack that overflows.
    fn begin_list(&mut self, id: NodeId) -> Result<&'g [Value], Error> {
        let known = self.graph.nodes.len();
        let values = self.graph.elements(&Value::Node(id)).ok_or(Error::NoSuchNode { node: id.0, known })?;
        self.budget.enter()?;
        match values.len() {
            count @ 0..=7 => self.out.push(tag::LIST_SHORT + count as u8),
            count => {
                self.out.push(tag::LIST);
                int::write(&mut self.out, i32::try_from(count).map_err(|_| Error::TooLong { count })?);
            }
        }
        Ok(values)
    }

    /// Appends a value without elements.
    fn scalar(&mut self, value: &'g Value) -> Result<(), Error> {
        GraphWriter::new(&[]).value(value, &mut self.out)
    }
}
