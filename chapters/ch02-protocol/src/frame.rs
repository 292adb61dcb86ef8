//! A whole message.

use bytes::Bytes;

use crate::error::EncodeError;
use crate::extension::Extensions;
use crate::header::{HEADER_LEN, Header};
use crate::kind::Kind;
use crate::limits::FrameLimits;
use crate::status::Status;

/// A whole message, as both ends see it: what stands in the header, except for the lengths, and the body.
///
/// Body and extensions are slices of the buffer that they arrived in, counted by reference: taking a frame
/// apart, keeping it and cloning it copies none of their bytes. [Z-11] A slice keeps its whole buffer alive,
/// so whoever keeps a small body for long should copy it.
// ANCHOR: frame
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// What it is for.
    pub kind: Kind,
    /// How the body is written; 0: bytes that only the two ends understand.
    pub codec: u8,
    /// How the body is compressed; 0: not at all.
    pub compressor: u8,
    /// How the call ended; [`Status::OK`] in everything but responses and goaways.
    pub status: Status,
    /// Which request this is, or belongs to.
    pub request_id: u64,
    /// What the header carries beyond its fixed part.
    pub extensions: Extensions,
    /// What the two ends have to say to each other.
    pub body: Bytes,
}
// ANCHOR_END: frame

impl Frame {
    /// A frame of this kind without codec, compressor, status and extensions.
    pub fn new(kind: Kind, request_id: u64, body: impl Into<Bytes>) -> Self {
        Self {
            kind,
            codec: 0,
            compressor: 0,
            status: Status::OK,
            request_id,
            extensions: Extensions::none(),
            body: body.into(),
        }
    }

    /// A response with a status.
    pub fn response(request_id: u64, status: Status, body: impl Into<Bytes>) -> Self {
        Self { status, ..Self::new(Kind::Response, request_id, body) }
    }

    /// A goaway: requests above `last` will not be answered.
    pub fn goaway(last: u64, status: Status, why: impl Into<Bytes>) -> Self {
        Self { status, ..Self::new(Kind::Goaway, last, why) }
    }

    /// The same with other extensions.
    pub fn with_extensions(self, extensions: Extensions) -> Self {
        Self { extensions, ..self }
    }

    /// The header of this frame, with its lengths.
    ///
    /// # Errors
    /// When the other side would refuse it.
    // ANCHOR: to_header
    pub fn header(&self, limits: &FrameLimits) -> Result<Header, EncodeError> {
        let (kind, status) = (self.kind, self.status);
        if status != Status::OK && !kind.has_status() {
            return Err(EncodeError::UnexpectedStatus { kind, status });
        }
        if !self.body.is_empty() && !kind.has_body() {
            return Err(EncodeError::UnexpectedBody { kind, length: self.body.len() });
        }
        let header_len = HEADER_LEN + self.extensions.as_bytes().len();
        let too_long = EncodeError::HeaderTooLong { got: header_len, limit: limits.max_header.into() };
        let header_len = u16::try_from(header_len).ok().filter(|&length| length <= limits.max_header);
        let too_big = EncodeError::BodyTooLong { got: self.body.len(), limit: limits.max_body as usize };
        let body_len = u32::try_from(self.body.len()).ok().filter(|&length| length <= limits.max_body);
        Ok(Header {
            kind,
            codec: self.codec,
            compressor: self.compressor,
            header_len: header_len.ok_or(too_long)?,
            status,
            request_id: self.request_id,
            body_len: body_len.ok_or(too_big)?,
        })
    }
    // ANCHOR_END: to_header

    /// The whole frame in one piece: for tests, dumps and demonstrations. What is sent goes through
    /// [`FrameEncoder`](crate::FrameEncoder), which does not copy the body.
    ///
    /// # Errors
    /// Those of [`header`](Self::header), with the default limits.
    pub fn to_bytes(&self) -> Result<Vec<u8>, EncodeError> {
        let header = self.header(&FrameLimits::default())?;
        Ok([&header.encode()[..], self.extensions.as_bytes(), &self.body].concat())
    }
}
