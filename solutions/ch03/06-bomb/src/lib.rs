//! 03-06 Decompress without being bombed.
//!
//! A compressed body says nothing about its length that you could believe. You find out by unpacking it, and
//! you stop when it is too much.
//!
//! ```text
//!   packed   ├────┤                                a megabyte that came
//!   body     ├──────────────┼┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄▶    what would come out: a gigabyte
//!                         limit   the first byte behind it is the last that you unpack
//! ```
#![forbid(unsafe_code)]

use ch03_codec::LimitError;
use ch03_codec::compress::DecompressError;
use flate2::{Decompress, FlushDecompress, Status};

/// The room to begin with: 4 KiB. Most bodies fit, and it is little beside what the decompressor itself needs.
pub const FIRST: usize = 4096;

/// For the field `compressor` of [`DecompressError`].
pub const NAME: &str = "deflate";

/// What comes out of `packed`, which is bare deflate, if that is at most `limit` bytes.
///
/// # Errors
/// [`DecompressError`]: [`Limit`](DecompressError::Limit), [`Corrupt`](DecompressError::Corrupt),
/// [`Truncated`](DecompressError::Truncated), [`LeftOver`](DecompressError::LeftOver).
pub fn inflate(packed: &[u8], limit: usize) -> Result<Vec<u8>, DecompressError> {
    // YOUR CODE inflate: make room, unpack into it, ask what happened; again, until it ends or is too much.
    let mut inflater = Decompress::new(false);
    let mut body = Vec::new();
    loop {
        if body.len() == body.capacity() {
            let room = body.len().max(FIRST).min(limit.saturating_add(1) - body.len());
            body.reserve_exact(room);
        }
        let before = (inflater.total_in(), inflater.total_out());
        let status = inflater
            .decompress_vec(&packed[before.0 as usize..], &mut body, FlushDecompress::None)
            .map_err(|error| DecompressError::Corrupt { compressor: NAME, why: error.to_string() })?;
        if body.len() > limit {
            return Err(LimitError::TooBig { got: body.len(), limit }.into());
        }
        if status == Status::StreamEnd {
            break;
        }
        if (inflater.total_in(), inflater.total_out()) == before {
            return Err(DecompressError::Truncated { compressor: NAME, got: body.len() });
        }
    }
    match packed.len() - inflater.total_in() as usize {
        0 => Ok(body),
        count => Err(DecompressError::LeftOver { compressor: NAME, count }),
    }
    // END YOUR CODE
}
