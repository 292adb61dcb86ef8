//! One connection from its first line to its last, by a thread that waits inside `read` and `write`.

use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::time::{Duration, Instant};

use super::machine::{DISCARD, Finish};
use crate::client::is_timeout;
use crate::dispatch::answer;
use crate::limits::Limits;
use crate::line::{LineBuffer, READ_CHUNK};
use crate::message::{Code, Reply};
use crate::meter::Metered;
use crate::service::Service;

/// Answers every line of `stream` until the peer leaves, and says why it ended.
///
/// Two clocks run: between two lines the peer may be silent for `idle_timeout`; a line that was begun must
/// be finished within `line_timeout`, however many pieces it comes in.
///
/// # Errors
/// When a socket option cannot be set; what happens on the connection itself is a [`Finish`].
pub fn serve_connection(mut stream: Metered, service: &dyn Service, limits: &Limits) -> io::Result<Finish> {
    stream.socket().set_nodelay(true)?;
    stream.socket().set_write_timeout(Some(limits.line_timeout))?;
    let mut clock = ReadClock::new(limits.idle_timeout, limits.line_timeout);
    let mut input = LineBuffer::new(limits.max_line);
    let mut chunk = [0; READ_CHUNK];
    loop {
        // ANCHOR: answer-lines
        // Everything that is there already is answered first: a client may send two lines in one go.
        loop {
            match input.next_line() {
                Ok(Some(line)) => {
                    clock.message_done();
                    if stream.write_all(&answer(service, &line, limits.max_line)).is_err() {
                        return Ok(Finish::PeerVanished);
                    }
                }
                Ok(None) => break,
                Err(error) => return Ok(goodbye(&mut stream, Code::TooLong, &error.to_string())),
            }
        }
        // ANCHOR_END: answer-lines
        if !clock.before_read(&stream, input.unfinished() > 0)? {
            return Ok(goodbye(&mut stream, Code::Timeout, "the line was not finished in time"));
        }
        // ANCHOR: read-more
        match stream.read(&mut chunk) {
            Ok(0) if input.unfinished() == 0 => return Ok(Finish::Closed),
            Ok(0) => return Ok(Finish::CutOff),
            Ok(count) => input.feed(&chunk[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if is_timeout(&error) && input.unfinished() == 0 => return Ok(Finish::Idle),
            Err(error) if is_timeout(&error) => {} // the clock decides, above
            Err(_) => return Ok(Finish::PeerVanished),
        }
        // ANCHOR_END: read-more
    }
}

/// The two clocks of a blocking reader. It keeps the socket's read time-out in step with what we wait for.
/// Setting that costs a system call, so it is set only when it changes: never on the fast path, where every
/// message arrives whole.
#[derive(Debug)]
pub struct ReadClock {
    idle_timeout: Duration,
    message_timeout: Duration,
    /// When the unfinished message must be finished.
    deadline: Option<Instant>,
    idle_is_set: bool,
}

impl ReadClock {
    /// Between two messages the peer may be silent for `idle_timeout`; one that was begun must be finished
    /// within `message_timeout`.
    pub fn new(idle_timeout: Duration, message_timeout: Duration) -> Self {
        Self { idle_timeout, message_timeout, deadline: None, idle_is_set: false }
    }

    /// A message is whole; the next one has a time of its own.
    pub fn message_done(&mut self) {
        self.deadline = None;
    }

    /// Call it before each read; `unfinished`: a message has begun. `false`: its time is up.
    ///
    /// # Errors
    /// When the socket's time-out cannot be set.
    pub fn before_read(&mut self, stream: &Metered, unfinished: bool) -> io::Result<bool> {
        if !unfinished {
            if !self.idle_is_set {
                self.idle_is_set = true;
                stream.socket().set_read_timeout(Some(self.idle_timeout))?;
            }
            return Ok(true);
        }
        let now = Instant::now();
        let deadline = *self.deadline.get_or_insert(now + self.message_timeout);
        let left = deadline.saturating_duration_since(now);
        if left == Duration::ZERO {
            return Ok(false);
        }
        self.idle_is_set = false;
        stream.socket().set_read_timeout(Some(left))?;
        Ok(true)
    }
}

fn goodbye(stream: &mut Metered, code: Code, text: &str) -> Finish {
    // If it does not arrive, the close that follows says the same in fewer words.
    let _ = stream.write_all(&Reply::Error(code, text.to_owned()).to_wire());
    linger(stream);
    Finish::Refused(code)
}

/// How long we listen to somebody we have already refused: 1 s, and no longer than [`DISCARD`] bytes.
const LINGER: Duration = Duration::from_secs(1);

/// Ends our half of the connection and waits a little until the peer has heard us. Closing with bytes unread
/// makes the kernel reset the connection, and a reset takes the replies with it that are still on their way.
pub fn linger(stream: &mut Metered) {
    let _ = stream.socket().shutdown(Shutdown::Write);
    let end = Instant::now() + LINGER;
    let mut chunk = [0; READ_CHUNK];
    for _ in 0..DISCARD / READ_CHUNK {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() || stream.socket().set_read_timeout(Some(left)).is_err() {
            return;
        }
        if !matches!(stream.read(&mut chunk), Ok(1..)) {
            return;
        }
    }
}
