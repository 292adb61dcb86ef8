//! What a caller of a stub gets instead of a result.

use ch01_raw_tcp::Outcome;
use ch02_protocol::{CallError, Status};
use ch03_codec::marshaller::BodyError;
use serde::{Deserialize, Serialize};

use crate::key::NameError;

/// A call through a stub that gave no result. `E` is the service's own error, which it also gives to callers
/// who stand beside it; everything else is what a network adds. [F-02]
///
/// Ask [`outcome`](Self::outcome) before you try again.
// ANCHOR: error
#[derive(Debug, thiserror::Error)]
pub enum RpcError<E> {
    /// The service ran, and said no, in its own words.
    #[error("{0}")]
    Service(E),
    /// No reply, or a reply that says that the call did not go well.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The arguments have no body in this format. Nothing was sent.
    #[error("the arguments cannot be written: {0}")]
    Arguments(#[source] BodyError),
    /// The method cannot be called that. Nothing was sent.
    #[error(transparent)]
    Name(#[from] NameError),
    /// An answer came, and cannot be read: the two sides disagree about a type, or it asks for more than our
    /// limits allow ([`BodyError::limit`]).
    #[error("the answer ({status}) cannot be read: {source}")]
    Answer {
        /// How the call ended, says the server.
        status: Status,
        /// Why it cannot be read.
        source: BodyError,
    },
}
// ANCHOR_END: error

impl<E> RpcError<E> {
    /// What the caller must assume about the call. [P-06]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Service(_) => Outcome::RanAndFailed,
            Self::Call(error) => error.outcome(),
            Self::Arguments(_) | Self::Name(_) => Outcome::NeverRan,
            // It ran, and what it said is lost: as good as a lost reply.
            Self::Answer { status, .. } => status.outcome().unwrap_or(Outcome::MayHaveRun),
        }
    }

    /// What the server said when it said no: in its reply, or when it went away.
    pub fn status(&self) -> Option<Status> {
        match self {
            Self::Service(_) => Some(Status::SERVICE_ERROR),
            Self::Call(CallError::Remote { status, .. } | CallError::GoneAway { status, .. }) => {
                Some(*status)
            }
            Self::Answer { status, .. } if *status != Status::OK => Some(*status),
            _ => None,
        }
    }
}

/// The error of a service that never says no. There is no value of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NoError {}
