//! A value and a body, and the two bytes of the header between them.

use std::borrow::Cow;

use bytes::Bytes;
use ch02_protocol::Status;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::CodecTable;
use crate::compress::{CompressorTable, DecompressError, Policy};
use crate::error::CodecError;
use crate::limits::{LimitError, Limits};
use crate::table::UnknownId;

/// How a body is written: bytes 6 and 7 of the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// The codec's id.
    pub codec: u8,
    /// The compressor's id; 0: not compressed.
    pub compressor: u8,
}

/// A body with the format that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// How it is written.
    pub format: Format,
    /// Its bytes.
    pub bytes: Bytes,
}

/// Turns values into bodies and bodies into values, with everything that this side knows and allows.
///
/// Both ends have one. The format is chosen for each frame. Whoever asks chooses the codec, and says how the
/// answer may be compressed; a short question is sent raw, so the question itself cannot tell.
///
/// ```text
///   value ──codec──▶ bytes ──compressor, if it pays──▶ body        write
///   value ◀─codec─── bytes ◀──compressor, up to a limit── body     read
/// ```
#[derive(Debug, Clone, Default)]
pub struct Marshaller {
    /// The codecs that it knows.
    pub codecs: CodecTable,
    /// The compressors that it knows.
    pub compressors: CompressorTable,
    /// When it compresses.
    pub policy: Policy,
    /// What a body that it reads may ask for.
    pub limits: Limits,
}

impl Marshaller {
    /// The body of `value`. Its compressor is `format`'s, or 0 when it is sent raw.
    ///
    /// # Errors
    /// [`BodyError`]: an id that we do not know ourselves, or a value that the codec cannot write.
    // ANCHOR: write
    pub fn write<T: Serialize + ?Sized>(&self, format: Format, value: &T) -> Result<Body, BodyError> {
        let codec = self.codecs.get(format.codec).map_err(BodyError::UnknownCodec)?;
        let compressor = match format.compressor {
            0 => None,
            id => Some(&**self.compressors.get(id).map_err(BodyError::UnknownCompressor)?),
        };
        let packed = self.policy.pack(compressor, codec.to_vec(value)?);
        let format = Format { codec: format.codec, compressor: packed.compressor };
        Ok(Body { format, bytes: packed.body })
    }
    // ANCHOR_END: write

    /// The value in `body`.
    ///
    /// # Errors
    /// [`BodyError`].
    // ANCHOR: read
    pub fn read<T: DeserializeOwned>(&self, body: &Body) -> Result<T, BodyError> {
        let codec = self.codecs.get(body.format.codec).map_err(BodyError::UnknownCodec)?;
        let unpacked = match body.format.compressor {
            0 => Cow::Borrowed(&body.bytes[..]),
            id => {
                let compressor = self.compressors.get(id).map_err(BodyError::UnknownCompressor)?;
                Cow::Owned(compressor.decompress(&body.bytes, self.limits.max_total)?)
            }
        };
        Ok(codec.from_slice(&unpacked, &self.limits)?)
    }
    // ANCHOR_END: read

    /// The compressor for an answer: the first that the question accepts and that we know; 0 when there is
    /// none. `accepts` is the value of extension [`ACCEPT`](ch02_protocol::extension::number::ACCEPT).
    // ANCHOR: accepted
    pub fn accepted(&self, accepts: &[u8]) -> u8 {
        accepts.iter().copied().find(|&id| self.compressors.has(id)).unwrap_or(0)
    }
    // ANCHOR_END: accepted
}

/// A body that cannot be written, or not be read.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// The header names a codec that this side does not know.
    #[error("codec: {0}")]
    UnknownCodec(UnknownId),
    /// The header names a compressor that this side does not know.
    #[error("compressor: {0}")]
    UnknownCompressor(UnknownId),
    /// The body cannot be decompressed.
    #[error(transparent)]
    Decompress(#[from] DecompressError),
    /// The body is not such a value, or the value has no such body.
    #[error(transparent)]
    Codec(#[from] CodecError),
}

impl BodyError {
    /// What a server answers with: the request never ran.
    pub fn status(&self) -> Status {
        match self {
            Self::UnknownCodec(_) => Status::UNKNOWN_CODEC,
            Self::UnknownCompressor(_) => Status::UNKNOWN_COMPRESSOR,
            Self::Decompress(_) | Self::Codec(_) => Status::BAD_REQUEST,
        }
    }

    /// The limit that refused it, if one did.
    pub fn limit(&self) -> Option<LimitError> {
        match self {
            Self::Decompress(DecompressError::Limit(limit)) | Self::Codec(CodecError::Limit(limit)) => {
                Some(*limit)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_codec_with_every_compressor_goes_there_and_back() {
        let marshaller = Marshaller::default();
        let orders = crate::shapes::orders(20);
        for codec in marshaller.codecs.iter().map(|codec| codec.id()) {
            for compressor in [0].into_iter().chain(marshaller.compressors.iter().map(|one| one.id())) {
                let format = Format { codec, compressor };
                let body = marshaller.write(format, &orders).unwrap();
                assert_eq!(body.format, format, "twenty orders are worth it");
                assert_eq!(marshaller.read::<Vec<crate::shop::Order>>(&body).unwrap(), orders);
            }
        }
    }

    #[test]
    fn an_answer_is_compressed_as_the_question_accepts() {
        let marshaller = Marshaller::default();
        let accepted = |ids: &[u8]| marshaller.accepted(ids);
        assert_eq!(accepted(&[]), 0);
        assert_eq!(accepted(&[]), 0);
        assert_eq!(accepted(&[3, 1]), 3, "the first that is known");
        assert_eq!(accepted(&[9, 0, 2]), 2, "unknown ones are passed over");
        assert_eq!(accepted(&[9]), 0);
    }

    /// The limit holds for what comes out, not for what came in.
    #[test]
    fn a_compressed_body_is_measured_when_it_is_unpacked() {
        let limits = Limits { max_total: 5000, ..Limits::default() };
        let marshaller = Marshaller { limits, ..Marshaller::default() };
        let body = |length: usize| {
            marshaller.write(Format { codec: 5, compressor: 1 }, &"x".repeat(length)).unwrap()
        };
        assert!(marshaller.read::<String>(&body(4990)).is_ok());
        let error = marshaller.read::<String>(&body(5000)).unwrap_err();
        assert_eq!(error.limit(), Some(LimitError::TooBig { got: 5001, limit: 5000 }));
        assert_eq!(error.status(), Status::BAD_REQUEST);
    }
}
