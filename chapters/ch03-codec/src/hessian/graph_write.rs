//! From a [`Graph`] to bytes.

use std::collections::HashMap;

use super::error::{ClassMismatch, Error};
use super::graph::{Class, Graph, Node, NodeId, Value};
use super::{binary, date, double, int, long, tag, text};

impl Graph {
    /// The bytes of the graph, in the forms that the Java implementation takes.
    ///
    /// Depth first, from the root. What nothing reaches is not written.
    ///
    /// # Errors
    /// [`Error::NoSuchNode`], [`Error::ClassMismatch`] when an object has not one value for each field,
    /// [`Error::TooLong`].
    pub fn encode(&self) -> Result<Vec<u8>, Error> {
        let mut out = Vec::new();
        GraphWriter::new(&self.nodes).value(&self.root, &mut out)?;
        Ok(out)
    }
}

/// Writes several values into one stream, which share their classes, type names and nodes.
#[derive(Debug)]
pub struct GraphWriter<'g> {
    nodes: &'g [Node],
    /// The number of each node that has been written, and how many have.
    numbers: Vec<Option<usize>>,
    written: usize,
    classes: HashMap<&'g Class, usize>,
    types: HashMap<&'g str, usize>,
}

/// What is still to be written.
enum Todo<'g> {
    Value(&'g Value),
    End,
}

impl<'g> GraphWriter<'g> {
    /// Values that the writer is given refer to these nodes.
    pub fn new(nodes: &'g [Node]) -> Self {
        Self {
            nodes,
            numbers: vec![None; nodes.len()],
            written: 0,
            classes: HashMap::new(),
            types: HashMap::new(),
        }
    }

    /// Appends a value with all that it reaches.
    ///
    /// It does not call itself but keeps a list of what is to do, so a graph may be as deep as it likes.
    ///
    /// # Errors
    /// As for [`Graph::encode`]. What has been appended then is of no use.
    pub fn value(&mut self, root: &'g Value, out: &mut Vec<u8>) -> Result<(), Error> {
        let mut todo = vec![Todo::Value(root)];
        while let Some(next) = todo.pop() {
            match next {
                Todo::End => out.push(tag::END),
                Todo::Value(Value::Null) => out.push(tag::NULL),
                Todo::Value(Value::Bool(value)) => out.push(if *value { tag::TRUE } else { tag::FALSE }),
                Todo::Value(Value::Int(value)) => int::write(out, *value),
                Todo::Value(Value::Long(value)) => long::write(out, *value),
                Todo::Value(Value::Double(value)) => double::write(out, *value),
                Todo::Value(Value::Date(ms)) => date::write(out, *ms),
                Todo::Value(Value::String(value)) => text::write(out, value),
                Todo::Value(Value::Binary(bytes)) => binary::write(out, bytes),
                Todo::Value(Value::Node(id)) => self.node(*id, out, &mut todo)?,
            }
        }
        Ok(())
    }

    // ANCHOR: node
    /// The first time a node is written with its elements, from then on as its number.
    fn node(&mut self, id: NodeId, out: &mut Vec<u8>, todo: &mut Vec<Todo<'g>>) -> Result<(), Error> {
        let known = self.nodes.len();
        let node = self.nodes.get(id.0).ok_or(Error::NoSuchNode { node: id.0, known })?;
        if let Some(number) = self.numbers[id.0] {
            out.push(tag::REFERENCE);
            return int::write_count(out, number);
        }
        self.numbers[id.0] = Some(self.written);
        self.written += 1;
        match node {
            Node::List { type_name, values } => {
                self.list_head(out, type_name.as_deref(), values.len())?;
                todo.extend(values.iter().rev().map(Todo::Value));
            }
            Node::Map { type_name, entries } => {
                self.map_head(out, type_name.as_deref())?;
                todo.push(Todo::End);
                todo.extend(entries.iter().rev().flat_map(|(key, value)| [value, key]).map(Todo::Value));
            }
            Node::Object { class, values } => {
                self.object_head(out, class, values.len())?;
                todo.extend(values.iter().rev().map(Todo::Value));
            }
        }
        Ok(())
    }
    // ANCHOR_END: node

    fn list_head(
        &mut self,
        out: &mut Vec<u8>,
        type_name: Option<&'g str>,
        count: usize,
    ) -> Result<(), Error> {
        match (type_name, count) {
            (None, 0..=7) => out.push(tag::LIST_SHORT + count as u8),
            (None, _) => {
                out.push(tag::LIST);
                int::write_count(out, count)?;
            }
            (Some(name), 0..=7) => {
                out.push(tag::LIST_TYPED_SHORT + count as u8);
                self.type_name(out, name)?;
            }
            (Some(name), _) => {
                out.push(tag::LIST_TYPED);
                self.type_name(out, name)?;
                int::write_count(out, count)?;
            }
        }
        Ok(())
    }

    fn map_head(&mut self, out: &mut Vec<u8>, type_name: Option<&'g str>) -> Result<(), Error> {
        let Some(name) = type_name else {
            out.push(tag::MAP);
            return Ok(());
        };
        out.push(tag::MAP_TYPED);
        self.type_name(out, name)
    }

    /// The name the first time, its number from then on.
    fn type_name(&mut self, out: &mut Vec<u8>, name: &'g str) -> Result<(), Error> {
        if let Some(&number) = self.types.get(name) {
            return int::write_count(out, number);
        }
        self.types.insert(name, self.types.len());
        text::write(out, name);
        Ok(())
    }

    fn object_head(&mut self, out: &mut Vec<u8>, class: &'g Class, values: usize) -> Result<(), Error> {
        let fields = class.fields.len();
        if fields != values {
            let index = fields.min(values);
            return Err(Error::ClassMismatch(Box::new(ClassMismatch {
                class: class.name.clone(),
                index,
                expected: class.fields.get(index).cloned().unwrap_or_default(),
                got: String::new(),
            })));
        }
        let number = match self.classes.get(class) {
            Some(&number) => number,
            None => {
                self.classes.insert(class, self.classes.len());
                write_definition(out, &class.name, class.fields.iter().map(String::as_str))?;
                self.classes.len() - 1
            }
        };
        write_object(out, number)
    }
}

/// Appends a class definition.
pub(super) fn write_definition<'f>(
    out: &mut Vec<u8>,
    name: &str,
    fields: impl ExactSizeIterator<Item = &'f str>,
) -> Result<(), Error> {
    out.push(tag::CLASS);
    text::write(out, name);
    int::write_count(out, fields.len())?;
    for field in fields {
        text::write(out, field);
    }
    Ok(())
}

/// Appends the head of an object of class `class`.
#[inline]
pub(super) fn write_object(out: &mut Vec<u8>, class: usize) -> Result<(), Error> {
    if class < 16 {
        out.push(tag::OBJECT_SHORT + class as u8);
        return Ok(());
    }
    out.push(tag::OBJECT);
    int::write_count(out, class)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_name_of_a_type_is_written_once_and_a_class_too() {
        let mut graph = Graph::new();
        let lists = [graph.list([]), graph.list([]), graph.map([])];
        for list in &lists {
            graph.typed(list, "T");
        }
        let objects = [graph.object("A", [("x", 1.into())]), graph.object("A", [("x", 2.into())])];
        graph.root = graph.list(lists.into_iter().chain(objects));
        assert_eq!(graph.encode().unwrap(), b"\x7d\x70\x01T\x70\x90M\x90ZC\x01A\x91\x01x\x60\x91\x60\x92");
    }

    #[test]
    fn what_nobody_can_write_is_refused() {
        let class = Arc::new(Class { name: "A".into(), fields: vec!["x".into()] });
        let mut graph = Graph::new();
        graph.root = graph.add(Node::Object { class, values: vec![] });
        let message = "class A: field 0 is `x` in its definition, and `` in this object";
        assert_eq!(graph.encode().unwrap_err().to_string(), message);
        graph.root = NodeId(7).into();
        let message = "the graph has 1 nodes, and a value in it refers to node 7";
        assert_eq!(graph.encode().unwrap_err().to_string(), message);
    }
}
