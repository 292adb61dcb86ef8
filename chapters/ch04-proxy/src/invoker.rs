//! The seam of chapter 4: everything that can carry out a call.

use std::sync::Arc;

use ch01_raw_tcp::Outcome;
use ch02_protocol::{CallError, Reply, Status};

use crate::invocation::Invocation;

/// Carries out calls of any interface: one method for all methods there are. [X-06]
///
/// ```text
///   a connection        Client        sends a frame, waits for the reply
///   a table             Dispatcher    finds a handler, and runs it here
///   a chain             Chain         lets filters have a look first
///   (chapter 6)         many servers  chooses one
/// ```
///
/// Whoever holds a `dyn Invoker` does not know which. It stands on both sides: a stub calls one, a server
/// serves one. Called from several threads at once.
// ANCHOR: trait
pub trait Invoker: Send + Sync {
    /// Carries out `invocation`, and waits for the reply.
    ///
    /// # Errors
    /// When there is no reply. That the other side said no is a reply, with a status.
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError>;
}
// ANCHOR_END: trait

/// Any closure of the right shape is an invoker: handy in tests and demonstrations.
impl<F: Fn(&Invocation) -> Result<Reply, CallError> + Send + Sync> Invoker for F {
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        self(invocation)
    }
}

/// An invoker that others share.
impl<I: Invoker + ?Sized> Invoker for Arc<I> {
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        (**self).invoke(invocation)
    }
}

/// What a caller must assume about a call that ended so; `None` when it went well. [P-06]
pub fn outcome(result: &Result<Reply, CallError>) -> Option<Outcome> {
    match result {
        Ok(reply) => reply.status.outcome(),
        Err(error) => Some(error.outcome()),
    }
}

/// Of what never ran: whether it may go better in a moment, or over a new connection. A method that does not
/// exist will not exist then.
pub(crate) fn passes(status: Status) -> bool {
    matches!(status, Status::BUSY | Status::SHUTTING_DOWN | Status::IDLE)
}
