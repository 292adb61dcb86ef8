//! How much a server will take from strangers.

use std::time::Duration;

/// The bounds of a server. Every one exists because without it a stranger decides how much memory, how
/// many threads or how much time you spend. [T-08]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The longest request or reply, in bytes, without its `\n`.
    ///
    /// 8 KiB: far above every order of this workshop, and the size that web servers chose for one header
    /// line. A client that never sends `\n` costs you this much memory and no more.
    pub max_line: usize,
    /// How many connections may be open at once.
    ///
    /// 256: most systems let a process open 1024 files by default; a demo with both ends in one process
    /// needs two for each connection.
    pub max_connections: usize,
    /// Threads of the worker pool: 4, twice the cores of a small machine, because our handlers wait little.
    pub workers: usize,
    /// Connections that may wait for a free worker: 16, four a worker. A longer queue would only make
    /// the wait longer than the callers' patience.
    pub queue: usize,
    /// How long a line may take from its first byte to its `\n`, and how long a peer may take to accept
    /// our reply. 10 s: a person on a bad network needs seconds, nobody needs minutes.
    pub line_timeout: Duration,
    /// How long a connection may be silent between two requests: 60 s, the idle time after which Dubbo
    /// sends a heartbeat. Chapter 2 adds ours.
    pub idle_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_line: 8 * 1024,
            max_connections: 256,
            workers: 4,
            queue: 16,
            line_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(60),
        }
    }
}
