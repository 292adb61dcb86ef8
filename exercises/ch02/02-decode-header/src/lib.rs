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
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
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
    todo!("02-02 decode")
    // END YOUR CODE
}

/// The field that begins at byte `at`; `None` when the input ends before the field does. How long it is, the
/// type says that you ask for: `let Some([codec, compressor]) = field(bytes, 6)` asks for two bytes.
fn field<const LENGTH: usize>(bytes: &[u8], at: usize) -> Option<[u8; LENGTH]> {
    bytes.get(at..)?.first_chunk().copied()
}
