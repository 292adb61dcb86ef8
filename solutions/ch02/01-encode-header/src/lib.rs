//! 02-01 Encode a header.
//!
//! A frame begins with twenty-four bytes that say what it is, whose it is, and where it ends.
//!
//! ```text
//!        0        1        2        3        4        5        6        7
//!    ┌────────┬────────┬────────┬────────┬────────┬────────┬────────┬────────┐
//!  0 │  'y'      'r'      'p'      'c'   │version │  kind  │ codec  │compres.│
//!    ├────────┴────────┼────────┴────────┼────────┴────────┴────────┴────────┤
//!  8 │  header length  │     status      │             request id
//!    ├─────────────────┴─────────────────┼───────────────────────────────────┤
//! 16 │          … request id             │           body length             │
//!    └───────────────────────────────────┴───────────────────────────────────┘
//! 24 … header length: extensions, then body length bytes of body
//! ```
#![forbid(unsafe_code)]

use ch02_protocol::header::{HEADER_LEN, MAGIC, VERSION};
use ch02_protocol::{EncodeError, Frame, FrameLimits, Header, Status};

/// The header as it goes onto the wire: each field in its place, every number big endian.
pub fn encode(header: &Header) -> [u8; HEADER_LEN] {
    // YOUR CODE encode: every field into its place, the largest byte of a number first.
    let mut bytes = [0; HEADER_LEN];
    bytes[0..4].copy_from_slice(&MAGIC);
    bytes[4] = VERSION;
    bytes[5] = header.kind as u8;
    bytes[6] = header.codec;
    bytes[7] = header.compressor;
    bytes[8..10].copy_from_slice(&header.header_len.to_be_bytes());
    bytes[10..12].copy_from_slice(&header.status.0.to_be_bytes());
    bytes[12..20].copy_from_slice(&header.request_id.to_be_bytes());
    bytes[20..24].copy_from_slice(&header.body_len.to_be_bytes());
    bytes
    // END YOUR CODE
}

/// The header of `frame`: what stands in the frame, and its two lengths.
///
/// # Errors
/// When the other side would refuse the frame: see [`EncodeError`].
pub fn header_of(frame: &Frame, limits: &FrameLimits) -> Result<Header, EncodeError> {
    // YOUR CODE header_of: refuse what the other side would refuse; count the rest.
    let (kind, status) = (frame.kind, frame.status);
    if status != Status::OK && !kind.has_status() {
        return Err(EncodeError::UnexpectedStatus { kind, status });
    }
    let got = frame.body.len();
    if got > 0 && !kind.has_body() {
        return Err(EncodeError::UnexpectedBody { kind, length: got });
    }
    let limit = limits.max_body as usize;
    if got > limit {
        return Err(EncodeError::BodyTooLong { got, limit });
    }
    let body_len = got as u32; // fits: the limit does
    let got = HEADER_LEN + frame.extensions.as_bytes().len();
    let limit = usize::from(limits.max_header);
    if got > limit {
        return Err(EncodeError::HeaderTooLong { got, limit });
    }
    let header_len = got as u16; // fits: the limit does
    let &Frame { codec, compressor, request_id, .. } = frame;
    Ok(Header { kind, codec, compressor, header_len, status, request_id, body_len })
    // END YOUR CODE
}
