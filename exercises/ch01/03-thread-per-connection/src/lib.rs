//! 01-03 Thread per connection.
//!
//! A thread that waits for one caller can wait for nobody else. So every caller gets a thread, up to a limit.
//!
//! ```text
//!                        ┌─ a place is free ──▶ thread: serve_connection ──▶ gives the place back
//!   accept ──▶ stream ──▶┤
//!     ▲                  └─ all are taken ────▶ refuse: "error busy …\n"
//!     └─────────────────────── at once ───────────────────┘
//! ```
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use ch01_raw_tcp::{Limits, Service};

/// How long to rest after every `Err` of `accept`, and after a thread that could not be started: 50 ms. With
/// no file handle left `accept` fails again at once, so a loop without a rest burns a core exactly when the
/// machine is in trouble. Nothing else calls for a rest, least of all a refusal.
pub const REST: Duration = Duration::from_millis(50);

/// Serves everybody who connects to `listener`, for ever; at most `max_connections` at once.
pub fn serve(listener: TcpListener, service: Arc<dyn Service>, max_connections: usize) {
    serve_incoming(listener.incoming(), service, max_connections);
}

/// The same for whatever `accept` brings: connections, and now and then an error. Returns when nothing more
/// will come, which [`TcpListener::incoming`] never says.
///
/// - A connection is served by a thread of its own. Nobody waits for anybody else.
/// - While `max_connections` are served, the next one is [`refuse`]d at once.
/// - An error of `accept` costs a [`REST`], and nothing else. So does a thread that cannot be started.
pub fn serve_incoming(
    incoming: impl IntoIterator<Item = io::Result<TcpStream>>,
    service: Arc<dyn Service>,
    max_connections: usize,
) {
    // YOUR CODE serve_incoming: a thread and a place for every connection, or a refusal. Wait for nobody.
    todo!("01-03 serve_incoming")
    // END YOUR CODE
}

/// One of the `max_connections` places. Whoever holds it may be served; dropping it gives it back.
#[derive(Debug)]
struct Place {
    /// How many places are taken, counted by all of them together.
    open: Arc<AtomicUsize>,
}

impl Place {
    /// Takes a place, if fewer than `max` are taken. Only the accepting thread does this.
    fn take(open: &Arc<AtomicUsize>, max: usize) -> Option<Self> {
        // YOUR CODE take: count one more, unless all are taken.
        todo!("01-03 take")
        // END YOUR CODE
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // YOUR CODE give_back: count one less.
        todo!("01-03 give_back")
        // END YOUR CODE
    }
}

/// Answers every line of `stream` with `service` until the peer leaves, falls silent or sends a line that
/// never ends. Ready-made: it is what you wrote in 01-02, with the bounds that a socket needs.
///
/// A panic of `service` goes through: it ends the thread that called this function, and closes the stream.
/// (The chapter's own server answers `error internal` instead.)
///
/// # Errors
/// When the connection fails.
pub fn serve_connection(stream: TcpStream, service: &dyn Service) -> io::Result<()> {
    let limits = Limits::default();
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(limits.idle_timeout))?;
    stream.set_write_timeout(Some(limits.line_timeout))?;
    let mut input = BufReader::new(&stream);
    loop {
        let mut line = Vec::new();
        // The limit does not count the `\n`.
        input.by_ref().take(limits.max_line as u64 + 1).read_until(b'\n', &mut line)?;
        if line.pop() != Some(b'\n') {
            return Ok(()); // the end of the stream, or a line above the limit
        }
        let mut reply = service.call(&line);
        reply.push(b'\n');
        (&stream).write_all(&reply)?;
    }
}

/// Says `error busy` and closes. A caller who is refused at once can go elsewhere; one who waits cannot.
pub fn refuse(mut stream: TcpStream) {
    // A new connection's send buffer has room for these bytes, so this cannot block. If the caller has
    // already gone, there is nobody to tell.
    let _ = stream.write_all(b"error busy no room for another connection, try again later\n");
    let _ = stream.shutdown(Shutdown::Write);
}
