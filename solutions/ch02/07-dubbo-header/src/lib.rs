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
    let &[m0, m1, flags, status, id @ .., b0, b1, b2, b3] = bytes;
    if [m0, m1] != DUBBO_MAGIC {
        return Err(DubboError::WrongMagic { got: [m0, m1] });
    }
    let message = if flags & 0x80 != 0 {
        DubboMessage::Request { two_way: flags & 0x40 != 0 }
    } else {
        DubboMessage::Response { status }
    };
    let got = i32::from_be_bytes([b0, b1, b2, b3]);
    let body_len = match u32::try_from(got) {
        Ok(length) if length <= DUBBO_MAX_BODY => length,
        _ => return Err(DubboError::BodyTooLong { got, limit: DUBBO_MAX_BODY }),
    };
    Ok(DubboHeader {
        message,
        event: flags & 0x20 != 0,
        serialization: flags & 0x1F,
        request_id: i64::from_be_bytes(id),
        body_len,
    })
    // END YOUR CODE
}

/// The header as it goes onto the wire. Bits that mean nothing are 0.
///
/// # Panics
/// When `serialization` has more than five bits: the program is wrong, not its input.
pub fn encode(header: &DubboHeader) -> [u8; DUBBO_HEADER_LEN] {
    assert!(header.serialization <= 0x1F, "a serialization id has five bits");
    // YOUR CODE encode: the same five, the other way round.
    let (mut flags, mut status_byte) = (header.serialization, 0);
    match header.message {
        DubboMessage::Request { two_way: true } => flags |= 0xC0,
        DubboMessage::Request { two_way: false } => flags |= 0x80,
        DubboMessage::Response { status } => status_byte = status,
    }
    if header.event {
        flags |= 0x20;
    }
    let mut bytes = [0; DUBBO_HEADER_LEN];
    bytes[0..2].copy_from_slice(&DUBBO_MAGIC);
    bytes[2..4].copy_from_slice(&[flags, status_byte]);
    bytes[4..12].copy_from_slice(&header.request_id.to_be_bytes());
    bytes[12..16].copy_from_slice(&header.body_len.to_be_bytes());
    bytes
    // END YOUR CODE
}
