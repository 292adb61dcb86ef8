//! The second seam: fewer bytes for the same body. [S-10]

mod flate;
mod policy;

pub use flate::{Deflate, Gzip, Zlib};
pub use policy::{Packed, Policy};

use std::sync::Arc;

use crate::limits::LimitError;
use crate::table::{Named, Table};

/// A way to write a body shorter. It sees the body only, never header and extensions: those must be readable
/// before anybody knows how the body was compressed.
// ANCHOR: trait
pub trait Compressor: Named + Send + Sync {
    /// The same in (hopefully) fewer bytes. It may be more: see [`Policy`].
    fn compress(&self, body: &[u8]) -> Vec<u8>;

    /// The body again, if it is at most `limit` bytes long. Memory is taken for what has come out, not for
    /// what somebody announces.
    fn decompress(&self, packed: &[u8], limit: usize) -> Result<Vec<u8>, DecompressError>;
}
// ANCHOR_END: trait

/// Bytes that cannot be decompressed.
#[derive(Debug, thiserror::Error)]
pub enum DecompressError {
    /// More comes out than we are willing to keep.
    #[error("refused: {0}")]
    Limit(#[from] LimitError),
    /// What came is not in this format, or its checksum is wrong.
    #[error("not {compressor}: {why}")]
    Corrupt {
        /// The format.
        compressor: &'static str,
        /// What the library said.
        why: String,
    },
    /// It ends in the middle.
    #[error("{compressor} that ends too early, after {got} bytes had come out")]
    Truncated {
        /// The format.
        compressor: &'static str,
        /// How much had come out.
        got: usize,
    },
    /// The compressed body ended before the bytes did.
    #[error("{count} bytes left over after the end of the {compressor}")]
    LeftOver {
        /// The format.
        compressor: &'static str,
        /// How many bytes.
        count: usize,
    },
}

/// The compressors that a side knows.
pub type CompressorTable = Table<dyn Compressor>;

impl Default for CompressorTable {
    /// Every compressor of this chapter: 1 deflate, 2 gzip, 3 zlib.
    fn default() -> Self {
        let mut table = Self::empty();
        table.register(Arc::new(Deflate)).expect("1 is free");
        table.register(Arc::new(Gzip)).expect("2 is free");
        table.register(Arc::new(Zlib)).expect("3 is free");
        table
    }
}
