//! 02-04 Refuse hostile lengths.
//!
//! A header costs its sender 24 bytes. What it announces would cost you.
//!
//! ```text
//!   announced  ├───────────────────────────────────────────────────────────────┤  a number, nothing else
//!   has come   ├──────────────┤
//!   memory     ├──────────────┴──────────────┤  twice what has come, and 64 KiB on credit to begin with
//! ```
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use std::io::{self, Read};

use ch02_protocol::{DecodeError, FrameLimits, HEADER_LEN, Header};

/// How much memory a stranger gets for an announcement alone: 64 KiB. Nearly every body fits, so nearly every
/// body is read at once and never moved; and ten thousand strangers who announce 8 MiB each and send nothing
/// cost 0.6 GiB, not 78.
pub const ON_CREDIT: usize = 64 * 1024;

/// Why there is no body.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// The header asks for more than we give. Nothing was read.
    #[error(transparent)]
    Refused(#[from] DecodeError),
    /// The peer closed in the middle of the body.
    #[error("the body was cut off: expected {expected} bytes, got {got}")]
    CutOff {
        /// The bytes announced.
        expected: u32,
        /// The bytes that came.
        got: usize,
    },
    /// The connection failed.
    #[error("reading the body failed after {got} bytes: {source}")]
    Io {
        /// The bytes that came before the failure.
        got: usize,
        /// What the operating system said.
        source: io::Error,
    },
}

/// Judges the lengths of `header`, and says how many bytes the whole frame has.
///
/// # Errors
/// The first that applies, in this order: [`DecodeError::HeaderTooShort`], [`DecodeError::HeaderTooLong`],
/// [`DecodeError::UnexpectedBody`], [`DecodeError::BodyTooLong`].
pub fn check(header: &Header, limits: &FrameLimits) -> Result<u64, DecodeError> {
    // YOUR CODE check: each length against its bounds; then the sum of both, in a type that has room for it.
    todo!("02-04 check")
    // END YOUR CODE
}

/// Reads the body that `header` announces. `source` stands at its first byte.
///
/// # Errors
/// See [`BodyError`].
pub fn read_body(
    source: &mut impl Read,
    header: &Header,
    limits: &FrameLimits,
) -> Result<Vec<u8>, BodyError> {
    // YOUR CODE read_body: judge first; then take memory for what comes, not for what was announced.
    todo!("02-04 read_body")
    // END YOUR CODE
}
