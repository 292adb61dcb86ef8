//! Filling a buffer from a stream that hands out pieces.

use std::io::{self, Read};

/// Why a buffer could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The peer closed before the first byte: between two messages that is a goodbye.
    #[error("the connection was closed before the first byte")]
    Closed,
    /// The peer closed in the middle of a message.
    #[error("the connection was cut off: expected {expected} bytes, got {got}")]
    CutOff {
        /// The bytes asked for.
        expected: usize,
        /// The bytes that arrived.
        got: usize,
    },
    /// The connection failed.
    #[error("reading failed after {got} bytes: {source}")]
    Io {
        /// The bytes that arrived before the failure.
        got: usize,
        /// What the operating system said.
        source: io::Error,
    },
}

/// Fills the whole of `buffer`, however small the pieces are. [T-01]
///
/// Unlike `Read::read_exact` it tells a goodbye from a cut-off end, and how far it came. The line
/// protocol does not need it; every header of a fixed size, from chapter 2 on, does.
///
/// # Errors
/// See [`ReadError`]. A signal (`Interrupted`) is not one: nothing was lost, so it reads again.
// ANCHOR: read_exactly
pub fn read_exactly(source: &mut impl Read, buffer: &mut [u8]) -> Result<(), ReadError> {
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
}
// ANCHOR_END: read_exactly
