//! One blocking connection that sends a line and waits for a line.

use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::error::CallError;
use crate::line::{LineBuffer, READ_CHUNK};
use crate::meter::{Meter, Metered};

/// How a client behaves. The defaults suit a call on the same machine or in the same data centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientOptions {
    /// How long to wait for the TCP handshake: 3 s. Linux repeats a lost SYN after 1 s, so one loss is forgiven.
    pub connect_timeout: Duration,
    /// How long a whole call may take: 10 s. Without it one silent server keeps a caller for ever.
    pub call_timeout: Duration,
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
            max_line: 8 * 1024,
            nodelay: true,
        }
    }
}

/// A connection for one caller at a time. [T-03]
///
/// It carries many calls, one after the other: a reply belongs to the last request, because there is
/// nothing on a line that says whose it is. So after a call without a reply the connection is poisoned.
#[derive(Debug)]
pub struct LineClient {
    stream: Metered,
    buffer: LineBuffer,
    options: ClientOptions,
    poisoned: bool,
}

impl LineClient {
    /// Connects to `address`.
    ///
    /// # Errors
    /// [`CallError::Connect`].
    pub fn connect(
        address: SocketAddr,
        options: ClientOptions,
        meter: &Arc<Meter>,
    ) -> Result<Self, CallError> {
        let connect = || {
            let stream = meter.connect(address, options.connect_timeout)?;
            stream.socket().set_nodelay(options.nodelay)?;
            stream.socket().set_read_timeout(Some(options.call_timeout))?;
            stream.socket().set_write_timeout(Some(options.call_timeout))?;
            Ok(stream)
        };
        let stream = connect().map_err(|source| CallError::Connect { address, source })?;
        Ok(Self { stream, buffer: LineBuffer::new(options.max_line), options, poisoned: false })
    }

    /// Sends `request` (without `\n`) and waits for the reply (without `\n`).
    ///
    /// # Errors
    /// [`CallError::NotALine`] and [`CallError::Poisoned`] before anything is sent, [`CallError::NoReply`]
    /// after it.
    // ANCHOR: call
    pub fn call(&mut self, request: &[u8]) -> Result<Vec<u8>, CallError> {
        self.check(request)?;
        let mut message = Vec::with_capacity(request.len() + 1);
        message.extend_from_slice(request);
        message.push(b'\n');
        // From here on the server may see the request. Until the reply is here, assume the worst.
        self.poisoned = true;
        let reply = self.exchange(&message).map_err(|source| CallError::NoReply { source })?;
        self.poisoned = false;
        Ok(reply)
    }
    // ANCHOR_END: call

    fn check(&self, request: &[u8]) -> Result<(), CallError> {
        if self.poisoned {
            return Err(CallError::Poisoned);
        }
        let reason = if request.contains(&b'\n') {
            "it contains the byte that ends a line".to_owned()
        } else if request.len() > self.options.max_line {
            format!("{} bytes, the limit is {}", request.len(), self.options.max_line)
        } else {
            return Ok(());
        };
        Err(CallError::NotALine { reason })
    }

    // ANCHOR: exchange
    fn exchange(&mut self, message: &[u8]) -> io::Result<Vec<u8>> {
        let deadline = Instant::now() + self.options.call_timeout;
        // A server that refuses a connection replies and closes before it reads. Our write may fail then,
        // while its reply lies in our receive buffer: so look there first.
        let sent = self.stream.write_all(message);
        let mut chunk = [0; READ_CHUNK];
        loop {
            if let Some(line) = self.buffer.next_line().map_err(io::Error::other)? {
                return Ok(line);
            }
            match self.stream.read(&mut chunk) {
                Ok(0) => return sent.and(Err(io::ErrorKind::UnexpectedEof.into())),
                Ok(count) => self.buffer.feed(&chunk[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if is_timeout(&error) => return Err(io::ErrorKind::TimedOut.into()),
                Err(error) => return sent.and(Err(error)),
            }
            // A server that sends a byte now and then must not stretch the call for ever.
            if Instant::now() >= deadline && self.buffer.unfinished() > 0 {
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
    }
    // ANCHOR_END: exchange
}

/// A socket's time-out: `WouldBlock` on Linux and macOS, `TimedOut` on Windows.
pub(crate) fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}
