//! 02-02 Decode a header.
//!
//! The bytes come from a stranger, and seldom all at once. Each field is judged when its bytes are there: not
//! before, because there is nothing to judge, and not later, because a stranger may never send the rest.
//!
//! ```text
//!    arrived   0      4         5      6       8               10       12           20            24
//!              │ magic│ version │ kind │ codec… │ header length │ status │ request id │ body length │
//!    judged           ▲         ▲      ▲                       ▲        ▲                         ▲
//!              every byte of it         (any value will do)                (any value will do)
//! ```
#![forbid(unsafe_code)]

use ch02_protocol::header::{HEADER_LEN, MAGIC, VERSION};
use ch02_protocol::{DecodeError, Header, Kind, Status};

/// Reads the header at the beginning of `bytes`; `None` when more bytes are needed, and nothing is wrong with
/// those that are there. What comes behind the header is not looked at.
///
/// # Errors
/// The first thing that is wrong, from front to back.
pub fn decode(bytes: &[u8]) -> Result<Option<Header>, DecodeError> {
    // YOUR CODE decode: from front to back, judge every field that is there.
    let magic = &bytes[..bytes.len().min(MAGIC.len())];
    if magic != &MAGIC[..magic.len()] {
        return Err(DecodeError::WrongMagic { got: magic.to_vec() });
    }
    let Some([version]) = field(bytes, 4) else { return Ok(None) };
    if version != VERSION {
        return Err(DecodeError::UnknownVersion { got: version });
    }
    let Some([kind]) = field(bytes, 5) else { return Ok(None) };
    let kind = Kind::from_byte(kind).ok_or(DecodeError::UnknownKind { got: kind })?;
    let Some([codec, compressor]) = field(bytes, 6) else { return Ok(None) };
    let Some(header_len) = field(bytes, 8).map(u16::from_be_bytes) else { return Ok(None) };
    if usize::from(header_len) < HEADER_LEN {
        return Err(DecodeError::HeaderTooShort { got: header_len });
    }
    let Some(status) = field(bytes, 10).map(u16::from_be_bytes).map(Status) else { return Ok(None) };
    if status != Status::OK && !kind.has_status() {
        return Err(DecodeError::UnexpectedStatus { kind, got: status });
    }
    let Some(request_id) = field(bytes, 12).map(u64::from_be_bytes) else { return Ok(None) };
    let Some(body_len) = field(bytes, 20).map(u32::from_be_bytes) else { return Ok(None) };
    if body_len > 0 && !kind.has_body() {
        return Err(DecodeError::UnexpectedBody { kind, got: body_len });
    }
    Ok(Some(Header { kind, codec, compressor, header_len, status, request_id, body_len }))
    // END YOUR CODE
}

/// The field that begins at byte `at`; `None` when the input ends before the field does. How long it is, the
/// type says that you ask for: `let Some([codec, compressor]) = field(bytes, 6)` asks for two bytes.
fn field<const LENGTH: usize>(bytes: &[u8], at: usize) -> Option<[u8; LENGTH]> {
    bytes.get(at..)?.first_chunk().copied()
}
