//! The writing half of a connection, for threads that take turns.

use std::io;
use std::net::Shutdown;
use std::time::{Duration, Instant};

use ch01_raw_tcp::client::is_timeout;
use ch01_raw_tcp::meter::Metered;

use crate::encode::FrameEncoder;
use crate::error::EncodeError;
use crate::frame::Frame;
use crate::limits::FrameLimits;

/// Writes whole frames, one after the other. Half a frame followed by another one would be rubbish to the
/// other side, so after a failure nothing more is written.
#[derive(Debug)]
pub(crate) struct FrameWriter {
    stream: Metered,
    encoder: FrameEncoder,
    patience: Duration,
    /// The time-out that the socket has at present. Telling it costs a system call.
    allowed: Duration,
    broken: bool,
}

/// Why a frame was not written.
#[derive(Debug)]
pub(crate) enum WriteError {
    /// It must not be sent. Nothing has been; the connection is as good as before.
    Encode(EncodeError),
    /// The connection had failed before. Nothing has been sent.
    Broken,
    /// The connection has failed. The other side may have got a part of the frame, or all of it.
    Io(io::Error),
}

impl FrameWriter {
    /// Writes to `stream`; what is not written within `patience` ends the connection.
    pub(crate) fn new(stream: Metered, limits: FrameLimits, patience: Duration) -> io::Result<Self> {
        stream.socket().set_write_timeout(Some(patience))?;
        Ok(Self { stream, encoder: FrameEncoder::new(limits), patience, allowed: patience, broken: false })
    }

    /// Writes `frame`.
    pub(crate) fn send(&mut self, frame: &Frame) -> Result<(), WriteError> {
        self.push(frame)?;
        self.flush()
    }

    /// Puts `frame` behind those that wait for [`flush`](Self::flush).
    pub(crate) fn push(&mut self, frame: &Frame) -> Result<(), WriteError> {
        if self.broken {
            return Err(WriteError::Broken);
        }
        self.encoder.push(frame).map_err(WriteError::Encode)
    }

    /// Writes what waits, in one system call if the socket takes it.
    ///
    /// The time-out of a socket is one for each piece that it takes, and a peer that takes a byte now and
    /// then would never meet it. So after a short write the next one gets the time that is left.
    // ANCHOR: flush
    pub(crate) fn flush(&mut self) -> Result<(), WriteError> {
        let end = Instant::now() + self.patience;
        self.allow(self.patience)?;
        while !self.encoder.is_empty() {
            match self.encoder.write_to(&mut self.stream) {
                Ok(_) if self.encoder.is_empty() => {}
                Ok(_) => self.allow(end.saturating_duration_since(Instant::now()))?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if is_timeout(&error) => return Err(self.fail(io::ErrorKind::TimedOut.into())),
                Err(error) => return Err(self.fail(error)),
            }
        }
        Ok(())
    }
    // ANCHOR_END: flush

    /// Gives the next write so much time; none is the end.
    fn allow(&mut self, time: Duration) -> Result<(), WriteError> {
        if time == self.allowed {
            return Ok(());
        }
        if time.is_zero() {
            return Err(self.fail(io::ErrorKind::TimedOut.into()));
        }
        self.allowed = time;
        self.stream.socket().set_write_timeout(Some(time)).map_err(|error| self.fail(error))
    }

    /// Ends the connection, so that whoever reads from it hears of the failure, too.
    fn fail(&mut self, error: io::Error) -> WriteError {
        self.broken = true;
        // Closed already is as good.
        let _ = self.stream.socket().shutdown(Shutdown::Both);
        WriteError::Io(error)
    }

    /// Ends our half of the connection: what was written still arrives.
    pub(crate) fn finish(&self) {
        let _ = self.stream.socket().shutdown(Shutdown::Write);
    }

    /// From now on what is not written within `patience` ends the connection.
    pub(crate) fn set_patience(&mut self, patience: Duration) {
        self.patience = patience;
    }
}
