//! What can go wrong with a call, sorted by what the caller can do about it.

use std::io;
use std::net::SocketAddr;

use ch01_raw_tcp::Outcome;

use crate::error::EncodeError;
use crate::status::Status;

/// A call that gave no value. Ask [`outcome`](Self::outcome) first.
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
    /// The request is no frame that the other side would take. Nothing was sent.
    #[error("the request cannot be sent: {0}")]
    NotAFrame(#[from] EncodeError),
    /// Somebody on our own side has refused it: a filter (chapter 4). Nothing was sent.
    #[error("not sent: {why}")]
    Refused {
        /// Why.
        why: String,
    },
    /// As many calls are in flight on this connection as may be. Nothing was sent.
    #[error("{capacity} calls are in flight on this connection, its limit")]
    TooManyInFlight {
        /// The limit.
        capacity: usize,
    },
    /// The connection had ended before this call began. Nothing was sent; connect anew.
    #[error("the connection has ended: {why}")]
    Ended {
        /// How it ended.
        why: String,
    },
    /// The server has said that it will not answer this request: it never ran. Try another server.
    #[error("the server goes away ({status}): {text}")]
    GoneAway {
        /// Why.
        status: Status,
        /// The server's explanation, for people.
        text: String,
    },
    /// The connection failed, or the time was up. The server may have run the call, or not. After a time-out
    /// the connection is still good: a late reply is recognised by its id, and dropped.
    #[error("no reply: {source} (the call may have run)")]
    NoReply {
        /// What happened; `TimedOut` when the time was up.
        source: io::Error,
    },
    /// A reply came, and makes no sense to the stub.
    #[error("not a reply: {text:?} (the call may have run)")]
    BadReply {
        /// What came.
        text: String,
    },
    /// The server answered that it did not go well.
    #[error("the server answered {status}: {text}")]
    Remote {
        /// How it ended.
        status: Status,
        /// The server's explanation, for people.
        text: String,
    },
}

impl CallError {
    /// What the caller must assume about the call. [P-06]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Connect { .. } | Self::NotAFrame(_) | Self::TooManyInFlight { .. } => Outcome::NeverRan,
            Self::Refused { .. } | Self::Ended { .. } | Self::GoneAway { .. } => Outcome::NeverRan,
            Self::NoReply { .. } | Self::BadReply { .. } => Outcome::MayHaveRun,
            // A status that says "ok" makes no error.
            Self::Remote { status, .. } => status.outcome().unwrap_or(Outcome::MayHaveRun),
        }
    }
}
