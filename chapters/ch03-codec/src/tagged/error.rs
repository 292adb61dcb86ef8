//! What can be wrong with a value in this format.

use crate::limits::LimitError;
use crate::tagged::tag::{Kind, Tag};
use crate::tagged::varint::VarintError;

/// Bytes that are no value, or a value that cannot be bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A tag, a length or a number is no varint.
    #[error("byte {at}: {source}")]
    Varint {
        /// Where it begins.
        at: usize,
        /// What is wrong with it.
        source: VarintError,
    },
    /// The input ends before the value does. A count or a length that is larger than what is left is one
    /// too: it is refused before memory is taken for it.
    #[error("byte {at}: {needed} bytes or more must follow, {left} are there")]
    Truncated {
        /// Where we are.
        at: usize,
        /// What was announced.
        needed: u64,
        /// What is there.
        left: usize,
    },
    /// No such kind, or a field number above 32 bits. Nobody knows how long such a value is.
    #[error("byte {at}: {code} is no tag: kinds are 0 to {}", Kind::ALL.len() - 1)]
    UnknownTag {
        /// Where it begins.
        at: usize,
        /// The number that stands there.
        code: u64,
    },
    /// A field number where none belongs, or none in a record.
    #[error("byte {at}: {} has number {}, expected {expected}", .got.kind.name(), .got.number)]
    WrongNumber {
        /// Where the tag begins.
        at: usize,
        /// The tag.
        got: Tag,
        /// In words: which number belongs there.
        expected: &'static str,
    },
    /// Another kind than this place needs.
    #[error("byte {at}: expected {expected}, got {}", .got.name())]
    WrongKind {
        /// Where the value begins.
        at: usize,
        /// What stands there.
        got: Kind,
        /// In words: what belongs there.
        expected: &'static str,
    },
    /// A text that is not UTF-8.
    #[error("byte {at}: the text is not UTF-8")]
    NotUtf8 {
        /// Where the text begins.
        at: usize,
    },
    /// Whole numbers have 64 bits in this format.
    #[error("{0} does not fit into 64 bits")]
    NumberTooLarge(String),
    /// More than it may ask for.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// What the value's own type said.
    #[error("{0}")]
    Custom(String),
}

impl serde::ser::Error for Error {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::Custom(message.to_string())
    }
}

impl serde::de::Error for Error {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::Custom(message.to_string())
    }
}
