//! From bytes to a [`Graph`].

use std::sync::Arc;

use super::error::Error;
use super::graph::{Class, Graph, Node, NodeId, Value};
use super::scan::{Rest, Scanner, Token};
use crate::limits::{Budget, Limits, ON_CREDIT};

impl Graph {
    /// The graph in `bytes`, all of them.
    ///
    /// # Errors
    /// [`Error`]: no Hessian2, bytes left over, or beyond a limit.
    pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Self, Error> {
        let budget = Budget::new(limits);
        budget.total(bytes.len())?;
        let mut reader = GraphReader::new(bytes, &budget);
        let root = reader.value()?;
        reader.end()?;
        Ok(Self { root, nodes: reader.into_nodes() })
    }
}

/// Reads several values from one stream, which share their classes, type names and nodes: so Java writes the
/// arguments of a call.
#[derive(Debug)]
pub struct GraphReader<'de, 'b> {
    scan: Scanner<'de, 'b>,
    nodes: Vec<Node>,
    /// The classes of `scan` in the form in which nodes share them.
    classes: Vec<Arc<Class>>,
    /// The same for the names of types.
    types: Vec<Arc<str>>,
}

impl<'de, 'b> GraphReader<'de, 'b> {
    /// At the beginning of `bytes`.
    pub fn new(bytes: &'de [u8], budget: &'b Budget) -> Self {
        let scan = Scanner::new(bytes, budget);
        Self { scan, nodes: Vec::new(), classes: Vec::new(), types: Vec::new() }
    }

    /// The next value.
    ///
    /// # Errors
    /// [`Error`]: no Hessian2, or beyond a limit. How deep it calls itself, the budget bounds.
    pub fn value(&mut self) -> Result<Value, Error> {
        let (at, token) = self.scan.token()?;
        Ok(match token {
            Token::Null => Value::Null,
            Token::Bool(value) => Value::Bool(value),
            Token::Int(value) => Value::Int(value),
            Token::Long(value) => Value::Long(value),
            Token::Double(value) => Value::Double(value),
            Token::Date(ms) => Value::Date(ms),
            Token::Text(text) => Value::String(text.into_owned()),
            Token::Binary(bytes) => Value::Binary(bytes.into_owned()),
            Token::Reference(node) => self.reference(at, node)?,
            container => self.container(container)?,
        })
    }

    // ANCHOR: container
    /// A container has its number before its elements are read: one of them may refer to it.
    fn container(&mut self, head: Token<'de>) -> Result<Value, Error> {
        let id = self.nodes.len();
        self.nodes.push(Node::List { type_name: None, values: Vec::new() });
        self.nodes[id] = match head {
            Token::List { kind, rest } => {
                Node::List { type_name: self.type_name(kind), values: self.values(rest)? }
            }
            Token::Map { kind } => Node::Map { type_name: self.type_name(kind), entries: self.entries()? },
            Token::Object { class } => {
                let class = self.class(class);
                let rest = Rest::Count(class.fields.len());
                Node::Object { class, values: self.values(rest)? }
            }
            other => unreachable!("{other:?} has no elements"),
        };
        self.scan.leave();
        Ok(Value::Node(NodeId(id)))
    }

    fn reference(&self, at: usize, node: i32) -> Result<Value, Error> {
        let known = self.nodes.len();
        let id = usize::try_from(node).ok().filter(|&id| id < known);
        Ok(Value::Node(NodeId(id.ok_or(Error::UnknownNode { at, node, known })?)))
    }
    // ANCHOR_END: container

    fn values(&mut self, mut rest: Rest) -> Result<Vec<Value>, Error> {
        let mut values = match rest {
            Rest::Count(count) => Vec::with_capacity(count.min(ON_CREDIT)),
            Rest::UntilEnd => Vec::new(),
        };
        while self.scan.more(&mut rest)? {
            values.push(self.value()?);
        }
        Ok(values)
    }

    fn entries(&mut self) -> Result<Vec<(Value, Value)>, Error> {
        let (mut entries, mut rest) = (Vec::new(), Rest::UntilEnd);
        while self.scan.more(&mut rest)? {
            entries.push((self.value()?, self.value()?));
        }
        Ok(entries)
    }

    /// The class in the form in which nodes share it: its names are copied once for a message.
    fn class(&mut self, class: usize) -> Arc<Class> {
        for new in self.classes.len()..=class {
            let fields = self.scan.fields(new).iter().map(|field| field.to_string()).collect();
            self.classes.push(Arc::new(Class { name: self.scan.class(new).to_string(), fields }));
        }
        Arc::clone(&self.classes[class])
    }

    fn type_name(&mut self, kind: Option<usize>) -> Option<Arc<str>> {
        let kind = kind?;
        for new in self.types.len()..=kind {
            self.types.push(self.scan.type_name(new).as_ref().into());
        }
        Some(Arc::clone(&self.types[kind]))
    }

    /// Whether all bytes have been read.
    ///
    /// # Errors
    /// [`Error::LeftOver`].
    pub fn end(&self) -> Result<(), Error> {
        self.scan.reader.end()
    }

    /// The containers of all values so far.
    pub fn into_nodes(self) -> Vec<Node> {
        self.nodes
    }
}
