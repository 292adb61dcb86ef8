//! Frames go in, bytes wait to be written. No socket in sight, and no body is copied.

use std::collections::VecDeque;
use std::io::{self, IoSlice, Write};

use bytes::{Buf, BufMut, Bytes, BytesMut};

use crate::error::EncodeError;
use crate::frame::Frame;
use crate::header::HEADER_LEN;
use crate::limits::FrameLimits;

/// How many pieces one write is given at most: 64, some thirty frames. Linux takes up to 1024; beyond a few
/// dozen the system call no longer is what costs.
const PIECES: usize = 64;

/// What waits to be written: headers that were made here, and bodies that belong to somebody else.
///
/// ```text
///   push(frame) ──▶ ┌─────────┬────────┬─────────┬────────┐
///                   │ header  │ body ↗ │ header  │ body ↗ │ ──▶ one writev for all of them
///                   └─────────┴────────┴─────────┴────────┘
///                     owned     shared: counted, not copied
/// ```
///
/// A write may take a part of it; what was taken is forgotten, the rest waits. There is no limit here on how
/// much waits: whoever pushes writes before he pushes more.
#[derive(Debug)]
pub struct FrameEncoder {
    limits: FrameLimits,
    pieces: VecDeque<Bytes>,
}

impl FrameEncoder {
    /// An empty encoder.
    pub fn new(limits: FrameLimits) -> Self {
        Self { limits, pieces: VecDeque::new() }
    }

    /// Adds a frame.
    ///
    /// # Errors
    /// When the other side would refuse it. Nothing was added then.
    // ANCHOR: push
    pub fn push(&mut self, frame: &Frame) -> Result<(), EncodeError> {
        let header = frame.header(&self.limits)?;
        let extensions = frame.extensions.as_bytes();
        let mut head = BytesMut::with_capacity(HEADER_LEN + extensions.len());
        head.put_slice(&header.encode());
        head.put_slice(extensions);
        self.pieces.push_back(head.freeze());
        if !frame.body.is_empty() {
            self.pieces.push_back(frame.body.clone()); // one more reference to the same bytes
        }
        Ok(())
    }
    // ANCHOR_END: push

    /// Whether everything has been written.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Writes once, as much as `sink` takes, and says how much that was.
    ///
    /// # Errors
    /// Those of `sink`; `WriteZero` when it takes nothing.
    // ANCHOR: write_to
    pub fn write_to(&mut self, sink: &mut impl Write) -> io::Result<usize> {
        let mut slices = [IoSlice::new(&[]); PIECES];
        let mut count = 0;
        for (slice, piece) in slices.iter_mut().zip(&self.pieces) {
            *slice = IoSlice::new(piece);
            count += 1;
        }
        let written = sink.write_vectored(&slices[..count])?;
        if written == 0 && count > 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        self.forget(written);
        Ok(written)
    }

    /// Drops the first `written` bytes, wherever that leads into a piece.
    fn forget(&mut self, mut written: usize) {
        while let Some(first) = self.pieces.front_mut() {
            if written < first.len() {
                first.advance(written);
                return;
            }
            written -= first.len();
            self.pieces.pop_front();
        }
    }
    // ANCHOR_END: write_to
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extension::Extensions;
    use crate::kind::Kind;
    use crate::status::Status;

    /// Takes at most so many bytes a call, and remembers where the pieces lay.
    struct Sink {
        most: usize,
        written: Vec<u8>,
        addresses: Vec<*const u8>,
    }

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.write_vectored(&[IoSlice::new(bytes)])
        }

        fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
            let before = self.written.len();
            for slice in slices {
                let room = self.most - (self.written.len() - before);
                self.addresses.push(slice.as_ptr());
                self.written.extend_from_slice(&slice[..slice.len().min(room)]);
            }
            Ok(self.written.len() - before)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn frames() -> Vec<Frame> {
        let extensions = Extensions::none().with(3, false, b"gray");
        vec![
            Frame::new(Kind::Request, 1, "first").with_extensions(extensions),
            Frame::new(Kind::Heartbeat, 2, ""),
            Frame::response(3, Status::BUSY, "no room"),
        ]
    }

    #[test]
    fn short_writes_lose_nothing() {
        let whole: Vec<u8> = frames().iter().flat_map(|frame| frame.to_bytes().unwrap()).collect();
        for most in 1..=whole.len() {
            let mut encoder = FrameEncoder::new(FrameLimits::default());
            for frame in frames() {
                encoder.push(&frame).unwrap();
            }
            let mut sink = Sink { most, written: Vec::new(), addresses: Vec::new() };
            while !encoder.is_empty() {
                encoder.write_to(&mut sink).unwrap();
            }
            assert_eq!(sink.written, whole, "{most} bytes a write");
        }
    }

    #[test]
    fn a_body_is_written_from_where_it_lies() {
        let body = Bytes::from(vec![7; 65_536]);
        let mut encoder = FrameEncoder::new(FrameLimits::default());
        encoder.push(&Frame::new(Kind::Request, 1, body.clone())).unwrap();
        let mut sink = Sink { most: usize::MAX, written: Vec::new(), addresses: Vec::new() };
        assert_eq!(encoder.write_to(&mut sink).unwrap(), 24 + 65_536);
        assert_eq!(sink.addresses[1], body.as_ptr());
    }

    #[test]
    fn many_frames_go_in_few_writes_and_none_is_forgotten() {
        let mut encoder = FrameEncoder::new(FrameLimits::default());
        for id in 0..100 {
            encoder.push(&Frame::new(Kind::Request, id, "x")).unwrap();
        }
        let mut sink = Sink { most: usize::MAX, written: Vec::new(), addresses: Vec::new() };
        let mut writes = 0;
        while !encoder.is_empty() {
            encoder.write_to(&mut sink).unwrap();
            writes += 1;
        }
        assert_eq!((writes, sink.written.len()), (4, 100 * 25));
    }

    #[test]
    fn a_sink_that_takes_nothing_is_an_error() {
        let mut encoder = FrameEncoder::new(FrameLimits::default());
        encoder.push(&frames()[0]).unwrap();
        let mut sink = Sink { most: 0, written: Vec::new(), addresses: Vec::new() };
        assert_eq!(encoder.write_to(&mut sink).unwrap_err().kind(), io::ErrorKind::WriteZero);
    }

    #[test]
    fn what_the_other_side_would_refuse_is_not_sent() {
        let limits = FrameLimits { max_header: 30, max_body: 4 };
        let mut encoder = FrameEncoder::new(limits);
        let long_header =
            Frame::new(Kind::Request, 1, "").with_extensions(Extensions::none().with(1, false, b"1234"));
        let with_status = Frame { status: Status::BUSY, ..Frame::new(Kind::Request, 1, "") };
        let with_body = Frame::new(Kind::Heartbeat, 1, "x");
        for (frame, expected) in [
            (Frame::new(Kind::Request, 1, "12345"), EncodeError::BodyTooLong { got: 5, limit: 4 }),
            (long_header, EncodeError::HeaderTooLong { got: 31, limit: 30 }),
            (with_status, EncodeError::UnexpectedStatus { kind: Kind::Request, status: Status::BUSY }),
            (with_body, EncodeError::UnexpectedBody { kind: Kind::Heartbeat, length: 1 }),
        ] {
            assert_eq!(encoder.push(&frame), Err(expected));
            assert!(encoder.is_empty());
        }
        encoder.push(&Frame::new(Kind::Request, 1, "1234")).unwrap();
    }
}
