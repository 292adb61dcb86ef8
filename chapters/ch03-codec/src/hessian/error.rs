//! What can be wrong with a message, and where.

use crate::limits::LimitError;

/// Bytes that are no Hessian2, or not what was asked for; values that Hessian2 cannot say.
///
/// `at` is always the offset of the byte in question, counted from the beginning of the message.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes end in the middle of a value.
    #[error("the message ends at byte {at}, where {expected} was expected")]
    End {
        /// How long the message is.
        at: usize,
        /// What should have come.
        expected: &'static str,
    },
    /// A value of another kind, or a byte that begins no value.
    #[error("expected {expected} at byte {at}, found 0x{tag:02x}: {}", super::tag::kind(*.tag))]
    Unexpected {
        /// Where it begins.
        at: usize,
        /// Its first byte.
        tag: u8,
        /// What should have come.
        expected: &'static str,
    },
    /// A count that cannot be true: each element takes a byte at least, and there are not as many left.
    #[error("{count} elements are announced at byte {at}, but only {left} bytes follow")]
    Count {
        /// Where the count ends.
        at: usize,
        /// What it says.
        count: i32,
        /// How many bytes follow.
        left: usize,
    },
    /// A byte that is no part of a character.
    #[error("the text is not UTF-8 at byte {at}")]
    NotUtf8 {
        /// Where.
        at: usize,
    },
    /// Half of a surrogate pair, without the other half.
    #[error("half a character at byte {at}: the surrogate 0x{unit:04x} has no partner")]
    LoneSurrogate {
        /// Where it begins.
        at: usize,
        /// The UTF-16 unit.
        unit: u16,
    },
    /// A character of four bytes counts as two units, and the text has room for one.
    #[error("the character at byte {at} counts as two units, but the text has only one left")]
    SplitCharacter {
        /// Where it begins.
        at: usize,
    },
    /// An object of a class that has not been defined.
    #[error("an object of class {class} at byte {at}, but {known} classes are defined so far")]
    UnknownClass {
        /// Where the object begins.
        at: usize,
        /// The number it gives.
        class: i32,
        /// How many there are, numbered from 0.
        known: usize,
    },
    /// A reference to a type name that has not been written.
    #[error("type name {number} at byte {at}, but {known} have been written so far")]
    UnknownType {
        /// Where the reference begins.
        at: usize,
        /// The number it gives.
        number: i32,
        /// How many there are, numbered from 0.
        known: usize,
    },
    /// A reference to a container that has not begun.
    #[error("a reference to container {node} at byte {at}, but {known} have begun so far")]
    UnknownNode {
        /// Where the reference begins.
        at: usize,
        /// The number it gives.
        node: i32,
        /// How many there are, numbered from 0.
        known: usize,
    },
    /// A value that contains itself. A [`Graph`](super::Graph) can hold it, a tree of Rust values cannot.
    #[error("container {node}, which the reference at byte {at} names, contains itself")]
    Cycle {
        /// Where the reference begins.
        at: usize,
        /// The container.
        node: i32,
    },
    /// The value ended before the bytes did.
    #[error("{count} bytes left over at byte {at}, after the value")]
    LeftOver {
        /// Where the value ends.
        at: usize,
        /// How many bytes follow.
        count: usize,
    },
    /// The list, map or object has more elements than its reader wanted.
    #[error("elements left over at byte {at}: the type that is read has fewer")]
    ElementsLeft {
        /// Where the first of them begins.
        at: usize,
    },
    /// More than one message may ask for.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// Longer than a count can say.
    #[error("{count} elements: Hessian2 counts with 31 bits")]
    TooLong {
        /// How many there are.
        count: usize,
    },
    /// An unsigned number for which Hessian2 has no form: its largest integer has 63 bits and a sign.
    #[error("{number} is larger than the largest long, 2^63 - 1")]
    NoSuchLong {
        /// The number.
        number: u64,
    },
    /// A class is written once for a message, with its fields. Two that share a name must share the fields.
    #[error(transparent)]
    ClassMismatch(Box<ClassMismatch>),
    /// A list that announced another number of elements than it had.
    #[error("a list of {announced} elements was announced, and {got} came")]
    Announced {
        /// What was announced.
        announced: usize,
        /// What came.
        got: usize,
    },
    /// A graph that refers to a node it does not have.
    #[error("the graph has {known} nodes, and a value in it refers to node {node}")]
    NoSuchNode {
        /// The node.
        node: usize,
        /// How many there are, numbered from 0.
        known: usize,
    },
    /// What serde, or a type's own `Serialize` or `Deserialize`, has to say.
    #[error("{message}{}", near(*.at))]
    Custom {
        /// The value that it is about, when known.
        at: Option<usize>,
        /// What it says.
        message: Box<str>,
    },
}

/// An object that does not have the fields of its class. In a box of its own, so that an [`Error`] stays small:
/// every number that is read returns a result with room for one.
#[derive(Debug, thiserror::Error)]
#[error("class {class}: field {index} is `{expected}` in its definition, and `{got}` in this object")]
pub struct ClassMismatch {
    /// The class.
    pub class: String,
    /// Which field, from 0.
    pub index: usize,
    /// The name in the definition; empty when it has no such field.
    pub expected: String,
    /// The name that came; empty when none came.
    pub got: String,
}

fn near(at: Option<usize>) -> String {
    at.map(|at| format!(", in the value at byte {at}")).unwrap_or_default()
}

impl Error {
    /// The same error, with its place if it had none.
    pub(super) fn in_value(mut self, begin: usize) -> Self {
        if let Self::Custom { at: at @ None, .. } = &mut self {
            *at = Some(begin);
        }
        self
    }
}

/// How much of what others say is kept: it may quote a whole text of the message, and somebody may log it or
/// send it back.
const WORDS: usize = 1024;

fn custom(message: &dyn std::fmt::Display) -> Error {
    let mut message = message.to_string();
    if message.len() > WORDS {
        let end = (0..=WORDS).rev().find(|&at| message.is_char_boundary(at));
        message.truncate(end.unwrap_or_default());
        message.push('…');
    }
    Error::Custom { at: None, message: message.into() }
}

impl serde::ser::Error for Error {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        custom(&message)
    }
}

impl serde::de::Error for Error {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        custom(&message)
    }
}
