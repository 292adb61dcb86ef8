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
    let overruns = |needs| ExtensionFault::Overruns { needs, left: bytes.len() };
    let [kind, high, low, rest @ ..] = bytes else { return Err(overruns(EXTENSION_HEAD)) };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    let (value, after) = rest.split_at_checked(length).ok_or(overruns(EXTENSION_HEAD + length))?;
    Ok((Extension { number: kind & !CRITICAL, critical: kind & CRITICAL != 0, value }, after))
    // END YOUR CODE
}

/// Whether `bytes`, all that stands between byte 24 of a header and its end, are extensions: each fits, none
/// has number 0, none comes twice. What they mean is not looked at.
///
/// # Errors
/// [`DecodeError::BadExtension`] for the first that is wrong.
pub fn check(bytes: &[u8]) -> Result<(), DecodeError> {
    // YOUR CODE check: one after the other, to the end; say where the wrong one begins.
    let mut seen = [false; CRITICAL as usize];
    let mut rest = bytes;
    while !rest.is_empty() {
        let at = HEADER_LEN + bytes.len() - rest.len();
        let bad = |reason| DecodeError::BadExtension { at, reason };
        let (extension, after) = next_extension(rest).map_err(bad)?;
        let number = extension.number;
        if number == 0 {
            return Err(bad(ExtensionFault::Zero));
        }
        if std::mem::replace(&mut seen[usize::from(number)], true) {
            return Err(bad(ExtensionFault::Twice { number }));
        }
        rest = after;
    }
    Ok(())
    // END YOUR CODE
}

/// The first critical extension whose number is not in `known`: its frame must not be acted upon. `bytes` have
/// passed [`check`].
pub fn unknown_critical(bytes: &[u8], known: &[u8]) -> Option<u8> {
    // YOUR CODE unknown_critical: step over all that need not be known.
    let mut rest = bytes;
    while let Ok((extension, after)) = next_extension(rest) {
        if extension.critical && !known.contains(&extension.number) {
            return Some(extension.number);
        }
        rest = after;
    }
    None
    // END YOUR CODE
}

/// The value of extension `number`, if it is there. `bytes` have passed [`check`].
pub fn find(bytes: &[u8], number: u8) -> Option<&[u8]> {
    // YOUR CODE find: step over all the others.
    let mut rest = bytes;
    while let Ok((extension, after)) = next_extension(rest) {
        if extension.number == number {
            return Some(extension.value);
        }
        rest = after;
    }
    None
    // END YOUR CODE
}
