//! What must be true of the decoder whatever bytes it is given. The hostile tests and the fuzzer share this file:
//! they differ only in where their bytes come from.

use std::io::{self, Read};

use ch02_protocol::decode::{ON_CREDIT, READ_ROOM};
use ch02_protocol::{DecodeError, Frame, FrameDecoder, FrameLimits};

/// What a buffer costs beside its bytes: the reference counts of two buffers, and the few bytes that an error
/// quotes.
pub const BOOKKEEPING: u64 = 256;

/// What a stream of bytes was decoded to.
pub struct Outcome {
    /// The frames, in order.
    pub frames: Vec<Frame>,
    /// The error that ended it, if one did.
    pub error: Option<DecodeError>,
    /// The most memory that the decoder held at one time, in bytes.
    pub peak: u64,
}

/// The most memory, in bytes, that `received` bytes can make a decoder take, if all frames are taken and dropped
/// before it gets more: two buffers, the old one and the larger one that its bytes move to.
///
/// A buffer is made for what is there, and then for as much again or for [`ON_CREDIT`], whichever is more. But
/// never for more than the longest frame and one read.
pub fn most_memory(received: usize, limits: &FrameLimits) -> u64 {
    let buffer = (received + received.max(ON_CREDIT)).min(FrameDecoder::largest_buffer(limits));
    2 * buffer as u64 + BOOKKEEPING
}

/// Decodes `bytes` in one piece, then cut by `sizes` in two ways, and checks everything that must be true.
///
/// `sizes` are the lengths of the pieces, again and again from the beginning; 0 stands for a read that fails
/// with `WouldBlock`, and a piece of one byte after it.
///
/// # Panics
/// When something is not true.
pub fn check(bytes: &[u8], sizes: &[u16], limits: FrameLimits) -> Outcome {
    let (frames, error) = in_one_piece(bytes, limits);
    is_what_was_sent(bytes, &frames, error.as_ref());
    let mut peak = 0;
    for way in [Way::Feed, Way::Read] {
        let mut run = Run { expected: frames.iter(), error: None };
        let memory = allocation_counter::measure(|| in_pieces(bytes, sizes, limits, way, &mut run));
        assert!(run.expected.next().is_none(), "{way:?}: cut into pieces, there are fewer frames");
        assert_same_error(run.error.as_ref(), error.as_ref());
        let most = most_memory(bytes.len(), &limits);
        let took = memory.bytes_max;
        assert!(took <= most, "{way:?}: {took} bytes of memory for {} received, at most {most}", bytes.len());
        peak = peak.max(took);
    }
    Outcome { frames, error, peak }
}

/// The measure for all cuts: everything at once.
fn in_one_piece(bytes: &[u8], limits: FrameLimits) -> (Vec<Frame>, Option<DecodeError>) {
    let mut decoder = FrameDecoder::new(limits);
    decoder.feed(bytes);
    let mut frames = Vec::new();
    let error = loop {
        match decoder.next_frame() {
            Ok(Some(frame)) => frames.push(frame),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    (frames, error)
}

/// Frames are the bytes that came: nothing is lost, changed, made up, or skipped in search of the next magic
/// number.
fn is_what_was_sent(bytes: &[u8], frames: &[Frame], error: Option<&DecodeError>) {
    let mut rest = bytes;
    for frame in frames {
        let again = frame.to_bytes().expect("what was decoded can be encoded");
        rest = rest
            .strip_prefix(&again[..])
            .expect("a frame is the bytes that came, from the first to the last");
    }
    if error.is_some() {
        assert!(!rest.is_empty(), "an error needs a byte that is wrong");
    }
}

#[derive(Debug, Clone, Copy)]
enum Way {
    Feed,
    Read,
}

struct Run<'a> {
    expected: std::slice::Iter<'a, Frame>,
    error: Option<DecodeError>,
}

fn in_pieces(bytes: &[u8], sizes: &[u16], limits: FrameLimits, way: Way, run: &mut Run<'_>) {
    let mut decoder = FrameDecoder::new(limits);
    let mut source = Pieces { rest: bytes, sizes, next: 0, blocked: false };
    while !source.rest.is_empty() {
        match way {
            Way::Feed => decoder.feed(source.piece()),
            Way::Read => match decoder.read_from(&mut source) {
                Ok(0) => panic!("no room to read into"),
                Ok(_) => {}
                Err(error) => assert_eq!(error.kind(), io::ErrorKind::WouldBlock),
            },
        }
        // Every frame is compared and dropped before more comes.
        loop {
            match decoder.next_frame() {
                Ok(Some(frame)) => {
                    assert!(run.error.is_none(), "{way:?}: a frame after an error");
                    assert_eq!(
                        run.expected.next(),
                        Some(&frame),
                        "{way:?}: cut into pieces, a frame differs"
                    );
                }
                Ok(None) => {
                    assert!(run.error.is_none(), "{way:?}: an error is forgotten");
                    break;
                }
                Err(error) => {
                    assert_eq!(decoder.unfinished(), 0, "{way:?}: it keeps bytes that nobody will look at");
                    let first = run.error.get_or_insert_with(|| error.clone());
                    assert_eq!(*first, error, "{way:?}: another error than before");
                    break;
                }
            }
        }
    }
}

/// The errors must be the same, except that of a wrong magic number as much is quoted as had come.
fn assert_same_error(cut: Option<&DecodeError>, whole: Option<&DecodeError>) {
    match (cut, whole) {
        (Some(DecodeError::WrongMagic { got: cut }), Some(DecodeError::WrongMagic { got: whole })) => {
            assert!(whole.starts_with(cut), "{cut:x?} is not what came: {whole:x?}");
        }
        _ => assert_eq!(cut, whole, "the error depends on how the bytes were cut"),
    }
}

/// A stream that arrives in pieces.
struct Pieces<'a> {
    rest: &'a [u8],
    sizes: &'a [u16],
    next: usize,
    blocked: bool,
}

impl<'a> Pieces<'a> {
    fn size(&self) -> usize {
        let size =
            if self.sizes.is_empty() { READ_ROOM } else { self.sizes[self.next % self.sizes.len()].into() };
        size.min(READ_ROOM)
    }

    fn piece(&mut self) -> &'a [u8] {
        let length = self.size().clamp(1, self.rest.len());
        self.next += 1;
        self.take(length)
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (piece, rest) = self.rest.split_at(length);
        self.rest = rest;
        piece
    }
}

impl Read for Pieces<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        self.blocked = self.size() == 0 && !self.blocked;
        if self.blocked {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let length = self.size().clamp(1, self.rest.len()).min(room.len());
        self.next += 1;
        room[..length].copy_from_slice(self.take(length));
        Ok(length)
    }
}
