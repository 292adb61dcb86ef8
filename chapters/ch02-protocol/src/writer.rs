//! The writing half of a connection, for threads that take turns.

use std::io;
use std::net::Shutdown;
use std::time::{Duration, Instant};

use ch01_raw_tcp::meter::Metered;

use crate::encode::FrameEncoder;
use crate::error::EncodeError;
use crate::frame::Frame;
use crate::limits::FrameLimits;

/// Writes whole frames, one after the other. Half a frame followed by another one would be rubbish to the other
/// side, so after a failure nothing more is written.
#[derive(Debug)]
pub(crate) struct FrameWriter {
    stream: Metered,
    encoder: FrameEncoder,
    patience: Duration,
    broken: bool,
}

/// Why a frame was not written.
#[derive(Debug)]
pub(crate) enum WriteError {
    /// It must not be sent. Nothing has been; the connection is as good as before.
    Encode(EncodeError),
    /// The connection has failed, now or earlier. The other side may have got a part of the frame, or all of it.
    Io(io::Error),
}

impl FrameWriter {
    /// Writes to `stream`; a frame that is not written within `patience` ends the connection.
    pub(crate) fn new(stream: Metered, limits: FrameLimits, patience: Duration) -> io::Result<Self> {
        stream.socket().set_write_timeout(Some(patience))?;
        Ok(Self { stream, encoder: FrameEncoder::new(limits), patience, broken: false })
    }

    /// Writes `frame`.
    ///
    /// The time-out of the socket is one for each piece that it takes, and a peer that takes a byte now and then
    /// would never meet it. So there is one for the whole frame as well.
    // ANCHOR: send
    pub(crate) fn send(&mut self, frame: &Frame) -> Result<(), WriteError> {
        if self.broken {
            return Err(WriteError::Io(io::ErrorKind::BrokenPipe.into()));
        }
        self.encoder.push(frame).map_err(WriteError::Encode)?;
        let end = Instant::now() + self.patience;
        while !self.encoder.is_empty() {
            match self.encoder.write_to(&mut self.stream) {
                Ok(_) if Instant::now() < end || self.encoder.is_empty() => {}
                Ok(_) => return Err(self.fail(io::ErrorKind::TimedOut.into())),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.fail(error)),
            }
        }
        Ok(())
    }
    // ANCHOR_END: send

    /// Ends the connection, so that whoever reads from it hears of the failure, too.
    fn fail(&mut self, error: io::Error) -> WriteError {
        self.broken = true;
        self.close();
        WriteError::Io(error)
    }

    pub(crate) fn close(&self) {
        // Closed already is as good.
        let _ = self.stream.socket().shutdown(Shutdown::Both);
    }

    /// Ends our half of the connection: what was written still arrives.
    pub(crate) fn finish(&self) {
        let _ = self.stream.socket().shutdown(Shutdown::Write);
    }

    pub(crate) fn set_patience(&mut self, patience: Duration) -> io::Result<()> {
        self.patience = patience;
        self.stream.socket().set_write_timeout(Some(patience))
    }
}
