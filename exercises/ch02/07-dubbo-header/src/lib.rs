//! 02-07 Read a Dubbo header.
//!
//! The same ideas as in your own header, in sixteen bytes that somebody else has laid out.
//!
//! ```text
//!      0        1        2        3       4 … 11       12 … 15
//!  ┌────────┬────────┬────────┬────────┬────────────┬─────────────┐
//!  │  0xDA     0xBB  │  flags │ status │ request id │ body length │   big endian
//!  └─────────────────┴────────┴────────┴────────────┴─────────────┘
//!                      │ request · two-way · event · serialization
//!                      │  bit 7     bit 6    bit 5     bits 4 to 0
//! ```
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use ch02_protocol::dubbo::{
    DUBBO_HEADER_LEN, DUBBO_MAGIC, DUBBO_MAX_BODY, DubboError, DubboHeader, DubboMessage,
};

/// Reads a header. The status of a request and the two-way bit of a response mean nothing, and are not looked
/// at: real peers send what they like there.
///
/// # Errors
/// [`DubboError`].
pub fn decode(bytes: &[u8; DUBBO_HEADER_LEN]) -> Result<DubboHeader, DubboError> {
    // YOUR CODE decode: magic, flags, status, request id, body length.
    todo!("02-07 decode")
    // END YOUR CODE
}

/// The header as it goes onto the wire. Bits that mean nothing are 0.
///
/// # Panics
/// When `serialization` has more than five bits: the program is wrong, not its input.
pub fn encode(header: &DubboHeader) -> [u8; DUBBO_HEADER_LEN] {
    assert!(header.serialization <= 0x1F, "a serialization id has five bits");
    // YOUR CODE encode: the same five, the other way round.
    todo!("02-07 encode")
    // END YOUR CODE
}
