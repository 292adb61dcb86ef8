//! Any message as a value: what Java would hold after reading it, shared parts and cycles included.

use std::sync::Arc;

use super::error::Error;

/// A value. What has elements is a [`Node`] of the [`Graph`], so that two values can share it. [S-06]
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// null
    Null,
    /// true or false
    Bool(bool),
    /// 32 bits. Java's byte and short are written as such too, and come back as int. [S-07]
    Int(i32),
    /// 64 bits
    Long(i64),
    /// 64 bits. Java's float is written as such too.
    Double(f64),
    /// Milliseconds since 1970
    Date(i64),
    /// Characters
    String(String),
    /// Bytes
    Binary(Vec<u8>),
    /// A list, map or object
    Node(NodeId),
}

/// The place of a [`Node`] in its [`Graph`]. In a graph that was decoded it is the number that back-references
/// use: the first list, map or object of the message has 0, the second 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// A value with elements.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Values in their order.
    List {
        /// The writer's type, `[int` for a Java `int[]`.
        type_name: Option<Arc<str>>,
        /// The elements.
        values: Vec<Value>,
    },
    /// Keys with their values, in the order of the message. A key may be any value.
    Map {
        /// The writer's type, `java.util.TreeMap` for example.
        type_name: Option<Arc<str>>,
        /// The entries.
        entries: Vec<(Value, Value)>,
    },
    /// Values of the fields of a class.
    Object {
        /// Its class, which it shares with all objects of the class.
        class: Arc<Class>,
        /// One value for each field, in the order of the class.
        values: Vec<Value>,
    },
}

/// What a class definition says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Class {
    /// `com.example.User`
    pub name: String,
    /// The names of its fields.
    pub fields: Vec<String>,
}

/// A value with everything that it reaches.
///
/// Nodes refer to each other by number, not by pointer: a list that contains itself is a list with its own
/// number in it. No reference counts, nothing that leaks, and nothing to recurse over when it is dropped.
///
/// ```
/// use ch03_codec::hessian::{Graph, Value};
/// use ch03_codec::Limits;
///
/// let mut graph = Graph::new();
/// let tags = graph.list([Value::from("new"), Value::from(7)]);
/// let user = graph.object("User", [("name", "laowang".into()), ("tags", tags), ("boss", Value::Null)]);
/// graph.set(&user, "boss", user.clone()); // his own boss: a cycle
/// graph.root = user;
///
/// let bytes = graph.encode().unwrap();
/// let back = Graph::decode(&bytes, &Limits::default()).unwrap();
/// assert_eq!(back.field(&back.root, "boss"), Some(&back.root));
/// ```
// ANCHOR: graph
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    /// Where to begin.
    pub root: Value,
    /// The containers; [`NodeId`] is the place in it.
    pub nodes: Vec<Node>,
}
// ANCHOR_END: graph

impl Default for Graph {
    fn default() -> Self {
        Self { root: Value::Null, nodes: Vec::new() }
    }
}

/// Building.
impl Graph {
    /// Null.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a node; the value is the way to it.
    pub fn add(&mut self, node: Node) -> Value {
        self.nodes.push(node);
        Value::Node(NodeId(self.nodes.len() - 1))
    }

    /// Adds a list.
    pub fn list(&mut self, values: impl IntoIterator<Item = Value>) -> Value {
        self.add(Node::List { type_name: None, values: values.into_iter().collect() })
    }

    /// Adds a map.
    pub fn map(&mut self, entries: impl IntoIterator<Item = (Value, Value)>) -> Value {
        self.add(Node::Map { type_name: None, entries: entries.into_iter().collect() })
    }

    /// Adds an object with a class of its own. Equal classes are written once.
    pub fn object<'a>(&mut self, class: &str, fields: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
        let (names, values) = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).unzip();
        let class = Arc::new(Class { name: class.to_owned(), fields: names });
        self.add(Node::Object { class, values })
    }

    /// Gives a list or map the name of a type. Of other values it changes nothing.
    pub fn typed(&mut self, value: &Value, name: &str) {
        if let Some(Node::List { type_name, .. } | Node::Map { type_name, .. }) = self.node_mut(value) {
            *type_name = Some(name.into());
        }
    }

    /// Changes a field of an object; says whether there is one of this name. The way to make a cycle.
    pub fn set(&mut self, object: &Value, field: &str, to: Value) -> bool {
        let Some(Node::Object { class, values }) = self.node_mut(object) else { return false };
        let place = class.fields.iter().position(|name| name == field).and_then(|at| values.get_mut(at));
        place.map(|place| *place = to).is_some()
    }

    fn node_mut(&mut self, value: &Value) -> Option<&mut Node> {
        let Value::Node(NodeId(id)) = value else { return None };
        self.nodes.get_mut(*id)
    }
}

/// Looking.
impl Graph {
    /// The node behind a value, if it is one.
    pub fn node(&self, value: &Value) -> Option<&Node> {
        let Value::Node(NodeId(id)) = value else { return None };
        self.nodes.get(*id)
    }

    /// The field of an object.
    pub fn field(&self, object: &Value, field: &str) -> Option<&Value> {
        let Some(Node::Object { class, values }) = self.node(object) else { return None };
        values.get(class.fields.iter().position(|name| name == field)?)
    }

    /// The elements of a list.
    pub fn elements(&self, list: &Value) -> Option<&[Value]> {
        let Some(Node::List { values, .. }) = self.node(list) else { return None };
        Some(values)
    }

    /// The value of a key in a map.
    pub fn get(&self, map: &Value, key: &Value) -> Option<&Value> {
        let Some(Node::Map { entries, .. }) = self.node(map) else { return None };
        entries.iter().find(|(found, _)| found == key).map(|(_, value)| value)
    }

    /// Whether both say the same, whatever the order of their nodes and what is in them that nothing reaches:
    /// the same values, shared in the same places.
    ///
    /// # Errors
    /// When one of them cannot be encoded.
    pub fn same_shape(&self, other: &Self) -> Result<bool, Error> {
        Ok(self.encode()? == other.encode()?)
    }
}

macro_rules! value_from {
    ($($type:ty => $variant:ident),*) => {
        $(impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        })*
    };
}

value_from!(
    bool => Bool, i32 => Int, i64 => Long, f64 => Double, &str => String, String => String,
    Vec<u8> => Binary, NodeId => Node
);
