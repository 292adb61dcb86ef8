//! What can go wrong between a value and its bytes.

use crate::limits::LimitError;

/// Where an error came from: a format's own, or that of the library behind it.
pub type Source = Box<dyn std::error::Error + Send + Sync>;

/// A value that has no bytes in this format, or bytes that are no such value.
#[derive(Debug, thiserror::Error)]
pub enum CodecError {
    /// The format has no way to write this value.
    #[error("{codec} cannot write this value: {source}")]
    Encode {
        /// The format.
        codec: &'static str,
        /// What it said.
        source: Source,
    },
    /// The bytes are not such a value.
    #[error("not the expected value in {codec}: {source}")]
    Decode {
        /// The format.
        codec: &'static str,
        /// What it said.
        source: Source,
    },
    /// The bytes ask for more than they may.
    #[error("refused: {0}")]
    Limit(#[from] LimitError),
    /// The value ended before the bytes did. What is left over is a mistake, or somebody's smuggled goods.
    #[error("{count} bytes left over after the value in {codec}")]
    LeftOver {
        /// The format.
        codec: &'static str,
        /// How many bytes.
        count: usize,
    },
    /// The codec did not keep the contract of [`Codec::decode`](crate::Codec::decode): it called nobody.
    #[error("{codec} has read nothing: its decode must call what it is given")]
    NothingRead {
        /// The format.
        codec: &'static str,
    },
}
