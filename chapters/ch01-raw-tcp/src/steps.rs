//! The nine steps of a call, made visible.

use std::sync::{Arc, Mutex};

/// One of the nine steps from the caller and back. [F-07]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The caller calls a method as if it were local.
    CallerCalls = 1,
    /// The client stub packs method and arguments into a message.
    StubPacks = 2,
    /// The client stub sends the message to the server's address.
    StubSends = 3,
    /// The server stub takes the message apart.
    ServerUnpacks = 4,
    /// The server stub calls the local service.
    ServerDispatches = 5,
    /// The service does its work.
    BusinessRuns = 6,
    /// The server stub packs the result and sends it.
    ServerReplies = 7,
    /// The client stub takes the reply apart.
    StubUnpacks = 8,
    /// The caller has its result.
    CallerReturns = 9,
}

impl Step {
    /// One line for the terminal and the book.
    pub fn label(self) -> &'static str {
        match self {
            Self::CallerCalls => "caller       calls, as if it were local",
            Self::StubPacks => "client stub  packs method and arguments",
            Self::StubSends => "client stub  sends it to the server",
            Self::ServerUnpacks => "server stub  unpacks the message",
            Self::ServerDispatches => "server stub  calls the local service",
            Self::BusinessRuns => "service      does the work",
            Self::ServerReplies => "server stub  packs the result, sends it",
            Self::StubUnpacks => "client stub  unpacks the reply",
            Self::CallerReturns => "caller       has its result",
        }
    }
}

/// Where both stubs write down what they are doing. Clones share one list; the default keeps nothing and
/// costs nothing.
#[derive(Debug, Clone, Default)]
pub struct StepLog(Option<Arc<Mutex<Entries>>>);

/// What happened, and with what.
pub type Entries = Vec<(Step, String)>;

impl StepLog {
    /// A log that keeps at most [`StepLog::CAPACITY`] entries.
    pub fn recording() -> Self {
        Self(Some(Arc::default()))
    }

    /// 900 entries: a hundred calls. It is for looking at, not for production.
    pub const CAPACITY: usize = 900;

    /// Notes a step. `detail` is computed only when somebody is listening.
    pub fn note(&self, step: Step, detail: impl FnOnce() -> String) {
        if let Some(log) = &self.0 {
            let mut log = log.lock().expect("no code panics while it holds this lock");
            if log.len() < Self::CAPACITY {
                log.push((step, detail()));
            }
        }
    }

    /// The entries so far, in the order in which they happened.
    pub fn entries(&self) -> Entries {
        self.0.as_ref().map_or_else(Vec::new, |log| log.lock().expect("as above").clone())
    }
}
