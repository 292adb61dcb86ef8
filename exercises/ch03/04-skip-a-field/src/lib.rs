//! 03-04 Skip an unknown field.
//!
//! A reader of today meets a field of next year. He does not know what it means; its kind tells how long it is.
//!
//! ```text
//!   ┌─────────┬──────────────────────┐      null, false, true      nothing
//!   │   tag   │ payload of that kind │      unsigned, signed       a varint
//!   └─────────┴──────────────────────┘      double                 8 bytes
//!                                           text, bytes            a length, and so many bytes
//!                                           list                   a count, and so many values
//!                                           map                    a count, and so many keys and values
//!                                           record                 a count, and so many fields
//!                                           variant                an index (a varint), and one value
//! ```
//!
//! Values and fields begin with a tag of their own: a field's has a number from 1 on, every other one has 0.
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use ch03_codec::tagged::varint::{self, VarintError};
use ch03_codec::tagged::{Kind, Tag};

/// How deep the values of a record may be nested: 64, as everywhere in this chapter.
pub const MAX_DEPTH: u32 = 64;

/// Why nobody can step over these bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SkipError {
    /// A tag, a length, a count or a number is no varint.
    #[error(transparent)]
    Varint(#[from] VarintError),
    /// More was announced than is there.
    #[error("{needed} bytes or more must follow, {left} are there")]
    Truncated {
        /// The length or the count that was announced; 8 for a double.
        needed: u64,
        /// How many bytes are there.
        left: usize,
    },
    /// No such kind, or a field number above 32 bits.
    #[error("{code} is no tag")]
    UnknownTag {
        /// The number that stands there.
        code: u64,
    },
    /// A field number where none belongs, or none in a record.
    #[error("a tag with the number {number} has no place here")]
    WrongNumber {
        /// The number.
        number: u32,
    },
    /// A value in a value in a value …
    #[error("nested too deep")]
    TooDeep,
}

/// Takes `length` bytes off the front of `input`.
///
/// # Errors
/// [`SkipError::Truncated`] when there are not so many.
pub fn take<'a>(input: &mut &'a [u8], length: u64) -> Result<&'a [u8], SkipError> {
    // YOUR CODE take: a length is a claim; look before you take.
    todo!("03-04 take")
    // END YOUR CODE
}

/// Takes a count off the front of `input`: of values, of a map's pairs, of fields.
///
/// Each of them takes a byte at least, so a count that is larger than what is left is a lie.
///
/// # Errors
/// [`SkipError::Varint`], [`SkipError::Truncated`].
pub fn count(input: &mut &[u8]) -> Result<u64, SkipError> {
    let count = varint::read(input)?;
    if count > input.len() as u64 {
        return Err(SkipError::Truncated { needed: count, left: input.len() });
    }
    Ok(count)
}

/// Takes a tag off the front of `input`: that of a field, or that of a value which is none.
///
/// # Errors
/// [`SkipError::Varint`], [`SkipError::UnknownTag`], [`SkipError::WrongNumber`].
pub fn next_tag(input: &mut &[u8], field: bool) -> Result<Tag, SkipError> {
    // YOUR CODE next_tag: a varint that is a tag; a field has a number, everything else has 0.
    todo!("03-04 next_tag")
    // END YOUR CODE
}

/// Steps over the payload of a value of this `kind`, whose tag has been read. It may open `depth` more levels:
/// a list, a map, a record or a variant is one.
///
/// # Errors
/// [`SkipError`].
pub fn skip(input: &mut &[u8], kind: Kind, depth: u32) -> Result<(), SkipError> {
    // YOUR CODE skip: how long is each kind? What is inside of a value is stepped over in the same way.
    todo!("03-04 skip")
    // END YOUR CODE
}

/// The payload of field `number` in a record; `None` when it has no such field. `record` is what stands behind
/// the record's tag: a count, and so many fields.
///
/// # Errors
/// [`SkipError`], in the fields up to the one that is wanted.
pub fn field(record: &[u8], number: u32) -> Result<Option<&[u8]>, SkipError> {
    // YOUR CODE field: step over all the others; what is stepped over is the payload.
    todo!("03-04 field")
    // END YOUR CODE
}
