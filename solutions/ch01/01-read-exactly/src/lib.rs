//! 01-01 Read exactly n bytes.
//!
//! `read` gives you what has arrived, not what you asked for. This function keeps asking.
#![forbid(unsafe_code)]

use std::io::{self, Read};

/// Why the buffer could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The peer closed the connection **before the first byte**. Between two messages this is a normal goodbye.
    #[error("the connection was closed before the first byte")]
    Closed,
    /// The peer closed the connection in the middle. What arrived is in the buffer, but it is only a part.
    #[error("the connection was cut off: expected {expected} bytes, got {got}")]
    CutOff {
        /// The bytes asked for: the length of the buffer.
        expected: usize,
        /// The bytes that arrived before the end.
        got: usize,
    },
    /// The connection failed. The kind tells how: reset, timed out, would block, …
    #[error("reading failed after {got} bytes: {source}")]
    Io {
        /// The bytes that arrived before the failure.
        got: usize,
        /// What the operating system said.
        source: io::Error,
    },
}

/// Fills the whole of `buffer` from `source`, however small the pieces are.
///
/// - An empty buffer is full already: `Ok`, without a single `read`.
/// - `Interrupted` is no failure: a signal arrived, nothing else happened. Read again.
/// - `read` returning 0 is the end of the stream: [`ReadError::Closed`] before the first byte,
///   [`ReadError::CutOff`] after it.
/// - Not one byte more than `buffer.len()` leaves `source`: it belongs to the next message.
///
/// # Errors
/// See [`ReadError`].
pub fn read_exactly(source: &mut impl Read, buffer: &mut [u8]) -> Result<(), ReadError> {
    // YOUR CODE read_exactly: read until `buffer` is full. One `read` is not enough.
    let expected = buffer.len();
    let mut got = 0;
    while got < expected {
        match source.read(&mut buffer[got..]) {
            Ok(0) if got == 0 => return Err(ReadError::Closed),
            Ok(0) => return Err(ReadError::CutOff { expected, got }),
            Ok(count) => got += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => return Err(ReadError::Io { got, source }),
        }
    }
    Ok(())
    // END YOUR CODE
}
