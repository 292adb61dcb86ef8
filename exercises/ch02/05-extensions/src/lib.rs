//! 02-05 Skip what you do not know.
//!
//! What a header carries beyond its twenty-four bytes: type, length, value, again and again. The length is
//! there for him who does not know the type: he can step over it.
//!
//! ```text
//!   ┌──────────────┬─────────────────┬───────────────┐
//!   │ C │  number  │  length  (2)    │ value …       │   again and again, to the end of the header
//!   └──────────────┴─────────────────┴───────────────┘
//!     │   └ 7 bits    └ big endian: bytes of the value, and of nothing else
//!     └ bit 7, critical: who does not know this number must refuse the frame
//! ```
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use ch02_protocol::DecodeError;
use ch02_protocol::error::ExtensionFault;
use ch02_protocol::extension::{CRITICAL, EXTENSION_HEAD, Extension};
use ch02_protocol::header::HEADER_LEN;

/// The first extension of `bytes`, and what comes behind it.
///
/// # Errors
/// [`ExtensionFault::Overruns`] when `bytes` end before the extension does.
pub fn next_extension(bytes: &[u8]) -> Result<(Extension<'_>, &[u8]), ExtensionFault> {
    // YOUR CODE next_extension: type, length, value; all of it must be there.
    todo!("02-05 next_extension")
    // END YOUR CODE
}

/// Whether `bytes`, all that stands between byte 24 of a header and its end, are extensions: each fits, none
/// has number 0, none comes twice. What they mean is not looked at.
///
/// # Errors
/// [`DecodeError::BadExtension`] for the first that is wrong.
pub fn check(bytes: &[u8]) -> Result<(), DecodeError> {
    // YOUR CODE check: one after the other, to the end; say where the wrong one begins.
    todo!("02-05 check")
    // END YOUR CODE
}

/// The first critical extension whose number is not in `known`: its frame must not be acted upon. `bytes` have
/// passed [`check`].
pub fn unknown_critical(bytes: &[u8], known: &[u8]) -> Option<u8> {
    // YOUR CODE unknown_critical: step over all that need not be known.
    todo!("02-05 unknown_critical")
    // END YOUR CODE
}

/// The value of extension `number`, if it is there. `bytes` have passed [`check`].
pub fn find(bytes: &[u8], number: u8) -> Option<&[u8]> {
    // YOUR CODE find: step over all the others.
    todo!("02-05 find")
    // END YOUR CODE
}
