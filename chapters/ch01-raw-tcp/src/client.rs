//! One blocking connection that sends a line and waits for a line.

use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::error::CallError;
use crate::limits::check_timeout;
use crate::line::{LineBuffer, READ_CHUNK};
use crate::meter::{Meter, Metered};

/// How a client behaves. The defaults suit a call on the same machine or in the same data centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientOptions {
    /// How long to wait for the TCP handshake: 3 s. Linux repeats a lost SYN after 1 s, so one loss is forgiven.
    pub connect_timeout: Duration,
    /// How long a whole call may take, to within a tenth: 10 s. Without it one silent server keeps a caller
    /// for ever.
    pub call_timeout: Duration,
    /// After how long a silence a kept connection is looked at before it is used again: 1 s. The server may
    /// have closed it meanwhile, and then nothing need be sent to find out. Looking costs three system
    /// calls, so a busy connection goes without.
    pub stale_after: Duration,
    /// The longest line in either direction: 8 KiB, as on the server.
    pub max_line: usize,
    /// Send small segments at once (`TCP_NODELAY`): yes. Page "Forty milliseconds" shows what happens without.
    pub nodelay: bool,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(3),
            call_timeout: Duration::from_secs(10),
            stale_after: Duration::from_secs(1),
            max_line: 8 * 1024,
            nodelay: true,
        }
    }
}

/// A connection for one caller at a time. [T-03]
///
/// It carries many calls, one after the other: a reply belongs to the last request, because there is
/// nothing on a line that says whose it is. So after a call without a reply, and after a reply with
/// something behind it, the connection is poisoned.
#[derive(Debug)]
pub struct LineClient {
    stream: Metered,
    buffer: LineBuffer,
    options: ClientOptions,
    poisoned: bool,
    last_used: Instant,
    /// The time-out that the socket has at present, for reading and writing.
    allowed: Duration,
}

impl LineClient {
    /// Connects to `address`.
    ///
    /// # Errors
    /// [`CallError::Connect`]; its source is `InvalidInput` when a time-out of `options` makes no sense.
    pub fn connect(
        address: SocketAddr,
        options: ClientOptions,
        meter: &Arc<Meter>,
    ) -> Result<Self, CallError> {
        let connect = || {
            check_timeout("connect_timeout", options.connect_timeout)?;
            check_timeout("call_timeout", options.call_timeout)?;
            let stream = meter.connect(address, options.connect_timeout)?;
            stream.socket().set_nodelay(options.nodelay)?;
            stream.socket().set_read_timeout(Some(options.call_timeout))?;
            stream.socket().set_write_timeout(Some(options.call_timeout))?;
            Ok(stream)
        };
        let stream = connect().map_err(|source| CallError::Connect { address, source })?;
        Ok(Self {
            stream,
            buffer: LineBuffer::new(options.max_line),
            poisoned: false,
            last_used: Instant::now(),
            allowed: options.call_timeout,
            options,
        })
    }

    /// Sends `request` (without `\n`) and waits for the reply (without `\n`).
    ///
    /// # Errors
    /// [`CallError::NotALine`] and [`CallError::Poisoned`] before anything is sent; [`CallError::NoReply`]
    /// and [`CallError::BadReply`] after it.
    // ANCHOR: call
    pub fn call(&mut self, request: &[u8]) -> Result<Vec<u8>, CallError> {
        self.check(request)?;
        let mut message = Vec::with_capacity(request.len() + 1);
        message.extend_from_slice(request);
        message.push(b'\n');
        // From here on the server may see the request. Until the reply is here, assume the worst.
        self.poisoned = true;
        let reply = self.exchange(&message)?;
        // What nobody asked for would be taken for the reply to the next request.
        self.poisoned = self.buffer.unfinished() > 0;
        self.last_used = Instant::now();
        Ok(reply)
    }
    // ANCHOR_END: call

    /// Whether a connection that was silent for `stale_after` is of no use any more: the server has closed
    /// it, or has sent what nobody asked for. Nothing is sent to find out, so whoever connects anew need not
    /// fear that a call runs twice.
    pub fn is_stale(&self) -> bool {
        if self.last_used.elapsed() < self.options.stale_after {
            return false;
        }
        // Alive is: nothing to read, and not the end either.
        !self.stream.peek_now().is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }

    fn check(&self, request: &[u8]) -> Result<(), CallError> {
        if self.poisoned {
            return Err(CallError::Poisoned);
        }
        let reason = if request.contains(&b'\n') {
            "it contains the byte that ends a line".to_owned()
        } else if request.ends_with(b"\r") {
            "it ends with '\\r', which the server would take for a part of the line's end".to_owned()
        } else if request.len() > self.options.max_line {
            format!("{} bytes, the limit is {}", request.len(), self.options.max_line)
        } else {
            return Ok(());
        };
        Err(CallError::NotALine { reason })
    }

    // ANCHOR: exchange
    fn exchange(&mut self, message: &[u8]) -> Result<Vec<u8>, CallError> {
        let deadline = Instant::now() + self.options.call_timeout;
        // A server that refuses a connection replies and closes before it reads. Our write may fail then,
        // while its reply lies in our receive buffer: so look there first.
        let sent = self.send(message, deadline);
        let mut chunk = [0; READ_CHUNK];
        let failure = loop {
            match self.buffer.next_line() {
                Ok(Some(line)) => return Ok(line),
                Ok(None) => {}
                Err(error) => return Err(CallError::BadReply { line: error.to_string() }),
            }
            match self.allow(deadline).and_then(|()| self.stream.read(&mut chunk)) {
                Ok(0) => break io::ErrorKind::UnexpectedEof.into(),
                Ok(count) => self.buffer.feed(&chunk[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if is_timeout(&error) => break io::ErrorKind::TimedOut.into(),
                Err(error) => break error,
            }
        };
        // When both failed, the write failed first.
        Err(CallError::NoReply { source: sent.err().unwrap_or(failure) })
    }
    // ANCHOR_END: exchange

    /// `write_all` with a deadline for all of it, not one for each piece.
    fn send(&mut self, mut message: &[u8], deadline: Instant) -> io::Result<()> {
        while !message.is_empty() {
            match self.allow(deadline).and_then(|()| self.stream.write(message)) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => message = &message[count..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if is_timeout(&error) => return Err(io::ErrorKind::TimedOut.into()),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Allows the next read or write the time that is left, or none if it is up. Telling the socket costs two
    /// system calls, so it is told only when it is off by more than a tenth of the whole: never for a call
    /// whose reply comes soon, and in one piece.
    fn allow(&mut self, deadline: Instant) -> io::Result<()> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        if left.abs_diff(self.allowed) > self.options.call_timeout / 10 {
            self.stream.socket().set_read_timeout(Some(left))?;
            self.stream.socket().set_write_timeout(Some(left))?;
            self.allowed = left;
        }
        Ok(())
    }
}

/// A socket's time-out: `WouldBlock` on Linux and macOS, `TimedOut` on Windows.
pub fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}
