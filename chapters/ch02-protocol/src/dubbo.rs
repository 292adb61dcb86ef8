//! The header of the classic Dubbo protocol: the same ideas in sixteen bytes. [P-01]
//!
//! Chapter 10 talks to clients that speak it. Here it is a neighbour to compare with: what it packs tighter,
//! and what it has no room for.

/// The length of its header, in bytes.
pub const DUBBO_HEADER_LEN: usize = 16;

/// Its magic number.
pub const DUBBO_MAGIC: [u8; 2] = [0xDA, 0xBB];

/// Its limit on a body by default, in bytes: 8 MiB.
pub const DUBBO_MAX_BODY: u32 = 8 * 1024 * 1024;

/// The bits of byte 2 above the serialization id.
const REQUEST: u8 = 0x80;
const TWO_WAY: u8 = 0x40;
const EVENT: u8 = 0x20;
const SERIALIZATION: u8 = 0x1F;

/// A header of the classic Dubbo protocol.
///
/// ```text
///      0        1        2        3       4 … 11       12 … 15
///  ┌────────┬────────┬────────┬────────┬────────────┬─────────────┐
///  │  0xDA     0xBB  │  flags │ status │ request id │ body length │
///  └─────────────────┴────────┴────────┴────────────┴─────────────┘
///                      │ request · two-way · event · serialization (5 bits)
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DubboHeader {
    /// Request or response, and what goes with it.
    pub message: DubboMessage,
    /// Not business but the connection itself: a heartbeat, or a notice that the server is about to go.
    pub event: bool,
    /// How the body is written, 0 to 31; 2 is Hessian2.
    pub serialization: u8,
    /// Which request this is, or answers. Dubbo counts in a signed number that may wrap around.
    pub request_id: i64,
    /// Bytes of the body, and of nothing else.
    pub body_len: u32,
}

/// What only requests have, and what only responses have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DubboMessage {
    /// Bit 7 is set.
    Request {
        /// Whether an answer is expected.
        two_way: bool,
    },
    /// Bit 7 is not set.
    Response {
        /// How it ended; 20 is ok.
        status: u8,
    },
}

/// Bytes that are no Dubbo header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DubboError {
    /// Another magic number.
    #[error("not Dubbo: expected the magic number da bb, got {:02x} {:02x}", .got[0], .got[1])]
    WrongMagic {
        /// What came instead.
        got: [u8; 2],
    },
    /// A body above the limit, or a negative length.
    #[error("body length: expected 0 to {limit}, got {got}")]
    BodyTooLong {
        /// What was announced: a signed number, in bytes.
        got: i32,
        /// The limit, in bytes.
        limit: u32,
    },
}

impl DubboHeader {
    /// The header as it goes onto the wire. It does not judge the length of the body.
    ///
    /// # Panics
    /// When `serialization` has more than five bits: the program is wrong, not its input.
    pub fn encode(&self) -> [u8; DUBBO_HEADER_LEN] {
        assert!(self.serialization <= SERIALIZATION, "a serialization id has five bits");
        let (kind, status) = match self.message {
            DubboMessage::Request { two_way } => (REQUEST | if two_way { TWO_WAY } else { 0 }, 0),
            DubboMessage::Response { status } => (0, status),
        };
        let mut bytes = [0; DUBBO_HEADER_LEN];
        bytes[0..2].copy_from_slice(&DUBBO_MAGIC);
        bytes[2] = kind | if self.event { EVENT } else { 0 } | self.serialization;
        bytes[3] = status;
        bytes[4..12].copy_from_slice(&self.request_id.to_be_bytes());
        bytes[12..16].copy_from_slice(&self.body_len.to_be_bytes());
        bytes
    }

    /// Reads a header. The status of a request and the two-way bit of a response mean nothing, and are not
    /// looked at: real peers send what they like there.
    ///
    /// # Errors
    /// [`DubboError`].
    // ANCHOR: decode
    pub fn decode(bytes: &[u8; DUBBO_HEADER_LEN]) -> Result<Self, DubboError> {
        let &[m0, m1, flags, status, id @ .., b0, b1, b2, b3] = bytes;
        if [m0, m1] != DUBBO_MAGIC {
            return Err(DubboError::WrongMagic { got: [m0, m1] });
        }
        // Java has no unsigned numbers, so on the other side this is one with a sign.
        let announced = i32::from_be_bytes([b0, b1, b2, b3]);
        let body_len = u32::try_from(announced).ok().filter(|&length| length <= DUBBO_MAX_BODY);
        let too_long = DubboError::BodyTooLong { got: announced, limit: DUBBO_MAX_BODY };
        Ok(Self {
            message: match flags & REQUEST {
                0 => DubboMessage::Response { status },
                _ => DubboMessage::Request { two_way: flags & TWO_WAY != 0 },
            },
            event: flags & EVENT != 0,
            serialization: flags & SERIALIZATION,
            request_id: i64::from_be_bytes(id),
            body_len: body_len.ok_or(too_long)?,
        })
    }
    // ANCHOR_END: decode
}
