//! How much a server will take from strangers.

use std::io;
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
    /// How many connections may be open at once, where the model does not say so itself: one at a time
    /// has one, a pool has `workers` and a `queue`.
    ///
    /// 256: most systems let a process open 1024 files by default; a demo with both ends in one process
    /// needs two for each connection.
    pub max_connections: usize,
    /// Threads of the worker pool: 4, twice the cores of a small machine, because our handlers wait little.
    pub workers: usize,
    /// Connections that may wait for a free worker, at least 1: 16, four a worker. A longer queue would only make
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

/// The shortest and the longest time-out that makes sense: below a millisecond nobody can answer, above a
/// day nobody waits (and a clock can overflow).
const SENSIBLE: std::ops::RangeInclusive<Duration> = Duration::from_millis(1)..=Duration::from_secs(86_400);

impl Limits {
    /// Refuses limits under which a server could serve nobody.
    ///
    /// # Errors
    /// `InvalidInput`, with the field that is wrong.
    pub fn check(&self) -> io::Result<()> {
        let counts = [
            ("max_line", self.max_line),
            ("max_connections", self.max_connections),
            ("workers", self.workers),
            ("queue", self.queue),
        ];
        for (name, count) in counts {
            check_count(name, count)?;
        }
        check_timeout("line_timeout", self.line_timeout)?;
        check_timeout("idle_timeout", self.idle_timeout)
    }
}

/// Refuses a bound of nothing.
///
/// # Errors
/// `InvalidInput`, with `name`.
pub fn check_count(name: &str, count: usize) -> io::Result<()> {
    if count > 0 {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{name} must be at least 1")))
}

/// Refuses a time-out that is no use, or that a clock cannot count.
///
/// # Errors
/// `InvalidInput`, with `name`.
pub fn check_timeout(name: &str, timeout: Duration) -> io::Result<()> {
    if SENSIBLE.contains(&timeout) {
        return Ok(());
    }
    let wrong = format!("{name} must be between 1 ms and one day, it is {timeout:?}");
    Err(io::Error::new(io::ErrorKind::InvalidInput, wrong))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_that_serve_nobody_are_refused_by_name() {
        Limits::default().check().unwrap();
        for (limits, name) in [
            (Limits { max_line: 0, ..Limits::default() }, "max_line"),
            (Limits { max_connections: 0, ..Limits::default() }, "max_connections"),
            (Limits { workers: 0, ..Limits::default() }, "workers"),
            (Limits { queue: 0, ..Limits::default() }, "queue"),
            (Limits { line_timeout: Duration::ZERO, ..Limits::default() }, "line_timeout"),
            (Limits { idle_timeout: Duration::MAX, ..Limits::default() }, "idle_timeout"),
        ] {
            let error = limits.check().unwrap_err();
            assert!(error.to_string().starts_with(name), "{error}");
        }
    }
}
