//! How the two ends behave, and how much each will take.

use std::io;
use std::time::Duration;

use ch01_raw_tcp::limits::{check_count, check_timeout};

use crate::limits::FrameLimits;

/// How a client behaves. The defaults suit a call on the same machine or in the same data centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientOptions {
    /// How long to wait for the TCP handshake: 3 s, as in chapter 1.
    pub connect_timeout: Duration,
    /// How long a call may take: 10 s, as in chapter 1. Writing one frame may take as long.
    pub call_timeout: Duration,
    /// The bounds of one frame.
    pub frame: FrameLimits,
    /// How many calls may be in flight: 1024. Each costs some hundred bytes here; the server has a limit of
    /// its own, and says so with [`Status::BUSY`](crate::Status::BUSY).
    pub max_in_flight: usize,
    /// After how much silence a heartbeat is sent: 15 s. With two unanswered ones a dead server is found
    /// after 45 s; a NAT router forgets a connection after some minutes at the earliest.
    pub heartbeat_every: Duration,
    /// How many heartbeats may stay unanswered: 2. One may meet a server that has much to do.
    pub heartbeats_missed: u32,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(3),
            call_timeout: Duration::from_secs(10),
            frame: FrameLimits::default(),
            max_in_flight: 1024,
            heartbeat_every: Duration::from_secs(15),
            heartbeats_missed: 2,
        }
    }
}

impl ClientOptions {
    /// Refuses options with which no call could be made.
    ///
    /// # Errors
    /// `InvalidInput`, with the field that is wrong.
    pub fn check(&self) -> io::Result<()> {
        self.frame.check()?;
        check_timeout("connect_timeout", self.connect_timeout)?;
        check_timeout("call_timeout", self.call_timeout)?;
        check_timeout("heartbeat_every", self.heartbeat_every)
    }
}

/// How much a server will take from strangers. Every bound is there because without it a stranger decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerOptions {
    /// The bounds of one frame.
    pub frame: FrameLimits,
    /// How many connections may be open at once: 256, as in chapter 1.
    pub max_connections: usize,
    /// How many requests of one connection may be in flight at once: 64, half of the queue, so that one
    /// connection cannot fill it alone.
    pub max_in_flight: usize,
    /// Threads that run requests, for all connections together: 4, as in chapter 1.
    pub workers: usize,
    /// Requests that may wait for a worker: 128, thirty-two for each. What comes above is answered with
    /// [`Status::BUSY`](crate::Status::BUSY), at once.
    pub queue: usize,
    /// How long a frame may take from its first byte to its last, in either direction: 10 s.
    pub frame_timeout: Duration,
    /// How long a peer may be silent between two frames, unless it waits for an answer or has just had one:
    /// 60 s. Our client sends a heartbeat after 15 s in which it has heard nothing, so three of them have
    /// been lost by then.
    pub idle_timeout: Duration,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self {
            frame: FrameLimits::default(),
            max_connections: 256,
            max_in_flight: 64,
            workers: 4,
            queue: 128,
            frame_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(60),
        }
    }
}

impl ServerOptions {
    /// Refuses options under which a server could serve nobody.
    ///
    /// # Errors
    /// `InvalidInput`, with the field that is wrong.
    pub fn check(&self) -> io::Result<()> {
        let counts = [
            ("max_connections", self.max_connections),
            ("max_in_flight", self.max_in_flight),
            ("workers", self.workers),
            ("queue", self.queue),
        ];
        for (name, count) in counts {
            check_count(name, count)?;
        }
        self.frame.check()?;
        check_timeout("frame_timeout", self.frame_timeout)?;
        check_timeout("idle_timeout", self.idle_timeout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_that_serve_nobody_are_refused_by_name() {
        let (server, client) = (ServerOptions::default(), ClientOptions::default());
        server.check().unwrap();
        client.check().unwrap();
        let no_header = FrameLimits { max_header: 23, ..FrameLimits::default() };
        for (result, name) in [
            (ServerOptions { max_connections: 0, ..server.clone() }.check(), "max_connections"),
            (ServerOptions { max_in_flight: 0, ..server.clone() }.check(), "max_in_flight"),
            (ServerOptions { workers: 0, ..server.clone() }.check(), "workers"),
            (ServerOptions { queue: 0, ..server.clone() }.check(), "queue"),
            (ServerOptions { frame: no_header, ..server.clone() }.check(), "max_header"),
            (ServerOptions { frame_timeout: Duration::ZERO, ..server.clone() }.check(), "frame_timeout"),
            (ServerOptions { idle_timeout: Duration::MAX, ..server }.check(), "idle_timeout"),
            (ClientOptions { frame: no_header, ..client.clone() }.check(), "max_header"),
            (ClientOptions { connect_timeout: Duration::ZERO, ..client.clone() }.check(), "connect_timeout"),
            (ClientOptions { call_timeout: Duration::ZERO, ..client.clone() }.check(), "call_timeout"),
            (ClientOptions { heartbeat_every: Duration::ZERO, ..client }.check(), "heartbeat_every"),
        ] {
            let error = result.unwrap_err();
            assert!(error.to_string().starts_with(name), "{error}");
        }
    }
}
