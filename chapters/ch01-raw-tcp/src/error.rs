//! What can go wrong with a call, sorted by what the caller can do about it.

use std::fmt;
use std::io;
use std::net::SocketAddr;

use crate::message::Code;

/// A call that gave no value.
///
/// Ask [`CallError::outcome`] first: a local call either ran or it did not, a remote one has a third
/// answer, *nobody knows*. [F-02]
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// No connection: nobody listens there, or nobody answered in time.
    #[error("cannot connect to {address}: {source}")]
    Connect {
        /// Where we tried.
        address: SocketAddr,
        /// What the operating system said.
        source: io::Error,
    },
    /// The request cannot be a line: it contains `\n`, or is above the limit. Nothing was sent.
    #[error("the request does not fit on one line: {reason}")]
    NotALine {
        /// What is wrong with it.
        reason: String,
    },
    /// This connection failed in an earlier call. A late reply to that call could be taken for the reply
    /// to this one, so it must not be used again. Nothing was sent; connect anew.
    #[error("an earlier call failed on this connection; connect again")]
    Poisoned,
    /// The connection failed, or the time was up, after a part of the request or all of it had been handed
    /// to the kernel. The server may have run the call, or not.
    #[error("no reply: {source} (the call may have run)")]
    NoReply {
        /// What the operating system said; `UnexpectedEof` when the server closed the connection.
        source: io::Error,
    },
    /// Something came back, and it is no reply of this protocol.
    #[error("not a reply: {line:?} (the call may have run)")]
    BadReply {
        /// What came, or what is wrong with it.
        line: String,
    },
    /// The server answered that it did not do it.
    #[error("the server answered {code}: {text}")]
    Remote {
        /// Why.
        code: Code,
        /// The server's explanation, for people.
        text: String,
    },
}

/// Did the call run on the server?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// No. Trying again cannot do anything twice.
    NeverRan,
    /// Nobody knows. Only a call that may run twice may be tried again.
    MayHaveRun,
    /// Yes, or as good as: it looked at the arguments and said no. Trying again will bring the same answer.
    RanAndFailed,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NeverRan => "never ran",
            Self::MayHaveRun => "may have run",
            Self::RanAndFailed => "ran and failed",
        })
    }
}

impl CallError {
    /// What the caller must assume about the call. Retries, from chapter 4 on, depend on it.
    // ANCHOR: outcome
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Connect { .. } | Self::NotALine { .. } | Self::Poisoned => Outcome::NeverRan,
            Self::NoReply { .. } | Self::BadReply { .. } => Outcome::MayHaveRun,
            Self::Remote { code, .. } => match code {
                Code::Busy | Code::TooLong | Code::Timeout => Outcome::NeverRan,
                Code::BadRequest | Code::UnknownMethod => Outcome::NeverRan,
                Code::Internal => Outcome::MayHaveRun,
                Code::BadArgument | Code::NotFound => Outcome::RanAndFailed,
            },
        }
    }
    // ANCHOR_END: outcome

    /// Whether the connection of this call is of no use any more. A server that answers `busy`, `too-long` or
    /// `timeout` closes; and whoever sends what is no reply, or none, cannot be trusted with the next call.
    pub fn ends_the_connection(&self) -> bool {
        match self {
            Self::Connect { .. } | Self::NotALine { .. } => false,
            Self::Poisoned | Self::NoReply { .. } | Self::BadReply { .. } => true,
            Self::Remote { code, .. } => matches!(code, Code::Busy | Code::TooLong | Code::Timeout),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Retries will depend on every line of this table.
    #[test]
    fn what_a_caller_must_assume_after_each_code() {
        use Outcome::{MayHaveRun, NeverRan, RanAndFailed};
        for (code, outcome, ends) in [
            (Code::BadRequest, NeverRan, false),
            (Code::UnknownMethod, NeverRan, false),
            (Code::BadArgument, RanAndFailed, false),
            (Code::NotFound, RanAndFailed, false),
            (Code::TooLong, NeverRan, true),
            (Code::Timeout, NeverRan, true),
            (Code::Busy, NeverRan, true),
            (Code::Internal, MayHaveRun, false),
        ] {
            let error = CallError::Remote { code, text: String::new() };
            assert_eq!((error.outcome(), error.ends_the_connection()), (outcome, ends), "{code}");
        }
    }
}
