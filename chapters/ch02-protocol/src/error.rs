//! What can be wrong with bytes from a stranger, and with a frame of our own.

use crate::header::{HEADER_LEN, MAGIC, VERSION};
use crate::kind::Kind;
use crate::status::Status;

/// The stream is not what it should be, so nobody can tell where its next frame begins: the connection must
/// end. Searching for the next magic number would let whoever wrote the body choose where we go on. [P-02]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The stream does not begin with [`MAGIC`]; `got` holds up to four bytes, as many as had come.
    #[error("not our protocol: expected the magic number {}, got {}", shown(&MAGIC), shown(.got))]
    WrongMagic {
        /// What came instead.
        got: Vec<u8>,
    },
    /// Somebody speaks our protocol, in a version that was made after us (or never).
    #[error("unknown version: expected {VERSION}, got {got}")]
    UnknownVersion {
        /// What came instead.
        got: u8,
    },
    /// There is no such kind of frame in this version.
    #[error("unknown kind of frame: expected 1 to {}, got {got}", Kind::ALL.len())]
    UnknownKind {
        /// What came instead.
        got: u8,
    },
    /// A header that ends before its own fixed part does.
    #[error("header length: expected at least {HEADER_LEN}, got {got}")]
    HeaderTooShort {
        /// What came instead, in bytes.
        got: u16,
    },
    /// More extensions than we are willing to keep.
    #[error("header length: expected at most {limit}, got {got}")]
    HeaderTooLong {
        /// What was announced, in bytes.
        got: u16,
        /// Our limit, in bytes.
        limit: u16,
    },
    /// A status in a frame that has none to tell.
    #[error("status of a {kind}: expected 0, got {got}")]
    UnexpectedStatus {
        /// The kind of frame.
        kind: Kind,
        /// What came instead.
        got: Status,
    },
    /// A body in a frame that is complete without one.
    #[error("body length of a {kind}: expected 0, got {got}")]
    UnexpectedBody {
        /// The kind of frame.
        kind: Kind,
        /// What was announced, in bytes.
        got: u32,
    },
    /// More body than we are willing to take.
    #[error("body length: expected at most {limit}, got {got}")]
    BodyTooLong {
        /// What was announced, in bytes.
        got: u32,
        /// Our limit, in bytes.
        limit: u32,
    },
    /// The extensions do not fill the header exactly, or one of them comes twice.
    #[error("bad extension at byte {at} of the header: {reason}")]
    BadExtension {
        /// Where it begins, counted from the magic number.
        at: usize,
        /// What is wrong with it.
        reason: ExtensionFault,
    },
}

/// What can be wrong with an extension's place in the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExtensionFault {
    /// The header ends before the extension does.
    #[error("it needs {needs} bytes, the header has {left} left")]
    Overruns {
        /// Type, length and value, in bytes; 3 when not even type and length are there.
        needs: usize,
        /// What is left of the header, in bytes.
        left: usize,
    },
    /// Number 0 is no extension, so that a block of zeros is none.
    #[error("there is no extension number 0")]
    Zero,
    /// Two parties that pick different ones would see different requests.
    #[error("number {number} comes twice")]
    Twice {
        /// Its number, without the critical bit.
        number: u8,
    },
}

/// Bytes as hex and, where a person can read them, as text.
fn shown(bytes: &[u8]) -> String {
    let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    match std::str::from_utf8(bytes) {
        Ok(text) if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) => {
            format!("{} ({text:?})", hex.join(" "))
        }
        _ => hex.join(" "),
    }
}

/// A frame of our own that must not be sent: the other side would refuse it, and close. [P-05]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// The extensions make the header too long.
    #[error("the header would be {got} bytes long, the limit is {limit}")]
    HeaderTooLong {
        /// Its length, in bytes.
        got: usize,
        /// The limit, in bytes.
        limit: usize,
    },
    /// The body is too long.
    #[error("the body is {got} bytes long, the limit is {limit}")]
    BodyTooLong {
        /// Its length, in bytes.
        got: usize,
        /// The limit, in bytes.
        limit: usize,
    },
    /// A status, in a frame that has none to tell.
    #[error("a {kind} has no status, this one has {status}")]
    UnexpectedStatus {
        /// The kind of frame.
        kind: Kind,
        /// Its status.
        status: Status,
    },
    /// A body, in a frame that is complete without one.
    #[error("a {kind} has no body, this one has {length} bytes")]
    UnexpectedBody {
        /// The kind of frame.
        kind: Kind,
        /// The length of its body.
        length: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_was_expected_and_what_came() {
        let error = DecodeError::WrongMagic { got: b"GET ".to_vec() };
        let text =
            "not our protocol: expected the magic number 79 72 70 63 (\"yrpc\"), got 47 45 54 20 (\"GET \")";
        assert_eq!(error.to_string(), text);
        let error = DecodeError::WrongMagic { got: vec![0x16, 3, 1] };
        assert!(error.to_string().ends_with("got 16 03 01"), "{error}");
        let error = DecodeError::UnexpectedStatus { kind: Kind::Request, got: Status::BUSY };
        assert_eq!(error.to_string(), "status of a request: expected 0, got 103 busy");
    }
}
