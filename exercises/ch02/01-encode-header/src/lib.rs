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
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use ch02_protocol::header::{HEADER_LEN, MAGIC, VERSION};
use ch02_protocol::{EncodeError, Frame, FrameLimits, Header, Status};

/// The header as it goes onto the wire: each field in its place, every number big endian.
pub fn encode(header: &Header) -> [u8; HEADER_LEN] {
    // YOUR CODE encode: every field into its place, the largest byte of a number first.
    todo!("02-01 encode")
    // END YOUR CODE
}

/// The header of `frame`: what stands in the frame, and its two lengths.
///
/// # Errors
/// When the other side would refuse the frame: see [`EncodeError`].
pub fn header_of(frame: &Frame, limits: &FrameLimits) -> Result<Header, EncodeError> {
    // YOUR CODE header_of: refuse what the other side would refuse; count the rest.
    todo!("02-01 header_of")
    // END YOUR CODE
}
