//! Bytes go in as they arrive, frames come out whole. No socket in sight.

use std::io::{self, Read};
use std::mem;

use bytes::{Buf, Bytes, BytesMut};

use crate::error::DecodeError;
use crate::extension::Extensions;
use crate::frame::Frame;
use crate::header::{HEADER_LEN, Header};
use crate::limits::FrameLimits;

/// How much memory the decoder takes when it needs some: 16 KiB. That is some hundred small frames for one
/// system call; and ten thousand connections that say nothing hold 160 MB.
pub const READ_ROOM: usize = 16 * 1024;

/// How much room there is for a `read` whose size nobody knows, at least: 4 KiB, a page. With less left the
/// decoder takes new memory, because a system call costs as much as copying a page does.
pub const LEAST_ROOM: usize = 4 * 1024;

/// How much memory an announcement alone can make us take: 64 KiB. A frame of that size gets its place at
/// once, and is not moved while it arrives. Beyond it memory has to be earned: for every byte that has come,
/// the decoder makes room for one more.
pub const ON_CREDIT: usize = 64 * 1024;

/// Cuts a stream of bytes into frames. [T-04] [Z-11]
///
/// ```text
///   read ─┐   ┌──────────────────────────────────────────────┐
///         ├──▶│ header │ body     │ header │ body     │ hea… │──▶ next_frame() = first frame
///   feed ─┘   └──────────────────────────────────────────────┘    next_frame() = second frame
///                 bodies are handed out as slices of it           next_frame() = not yet
/// ```
///
/// After an error it is of no use any more, and says so at every call: nobody can tell where the next frame
/// begins.
///
/// Take all frames before you feed again. Then its memory is a buffer of at most
/// [`largest_buffer`](Self::largest_buffer) bytes (and what one [`feed`](Self::feed) brings), and while that
/// grows the old one beside it. For a body that has only been announced it takes [`ON_CREDIT`].
// ANCHOR: decoder
#[derive(Debug)]
pub struct FrameDecoder {
    /// Ours alone: bytes are read into it. Empty while frames are cut.
    filling: BytesMut,
    /// Frozen, and shared with the frames: they are cut from it. Empty while bytes are read.
    frozen: Bytes,
    /// How much of `frozen` has been handed out.
    cut: usize,
    limits: FrameLimits,
    failed: Option<DecodeError>,
}
// ANCHOR_END: decoder

impl FrameDecoder {
    /// An empty decoder. It takes no memory before the first byte comes.
    pub fn new(limits: FrameLimits) -> Self {
        Self { filling: BytesMut::new(), frozen: Bytes::new(), cut: 0, limits, failed: None }
    }

    /// The largest buffer that frames within `limits` can make a decoder take, in bytes.
    pub fn largest_buffer(limits: &FrameLimits) -> usize {
        limits.max_frame() + READ_ROOM
    }

    /// Takes in what somebody else has read. Copies it; [`read_from`](Self::read_from) does without.
    pub fn feed(&mut self, bytes: &[u8]) {
        if self.failed.is_none() {
            let ahead = self.ahead(self.missing());
            self.thaw(bytes.len(), ahead).extend_from_slice(bytes);
        }
    }

    /// Reads once, straight into the buffer, 64 KiB at most. 0 is the end of the stream.
    ///
    /// # Errors
    /// Those of `source`.
    // ANCHOR: read_from
    pub fn read_from(&mut self, source: &mut impl Read) -> io::Result<usize> {
        let room = self.room();
        let (before, capacity) = (room.len(), room.capacity());
        // `Read` wants memory that holds something, so it is filled with zeros first, 64 KiB at most.
        // (Chapter 8 reads into memory that holds nothing yet.)
        room.resize(capacity.min(before + ON_CREDIT), 0);
        let result = source.read(&mut room[before..]);
        room.truncate(before + result.as_ref().map_or(0, |&count| count));
        result
    }
    // ANCHOR_END: read_from

    /// The buffer, with room at its end for the next bytes. Append to it, and do nothing else with it: this
    /// is for drivers that can read into memory that holds nothing yet, such as Tokio's (chapter 8).
    // ANCHOR: room
    pub fn room(&mut self) -> &mut BytesMut {
        if self.failed.is_some() {
            self.filling.clear(); // whoever reads on reads for nobody
        }
        let (have, missing) = (self.rest().len(), self.missing());
        let ahead = self.ahead(missing);
        // A frame that fits into what may be taken now gets its place at once. Of a longer one each buffer is
        // filled before the next is taken, or it would move with every byte that comes.
        let at_once = ahead > 0 && (ahead == missing || have < LEAST_ROOM);
        self.thaw(if at_once { ahead } else { LEAST_ROOM }, ahead)
    }

    /// How much of the next frame is still to come; 0 when nobody knows.
    fn missing(&self) -> usize {
        let rest = self.rest();
        match Header::decode(rest, &self.limits) {
            Ok(Some(header)) => frame_len(&header).saturating_sub(rest.len()),
            Ok(None) | Err(_) => 0, // if something is wrong, `next_frame` says so
        }
    }

    /// For how much of what is missing there may be memory now: on credit, or as much again as has come.
    fn ahead(&self, missing: usize) -> usize {
        missing.min(self.rest().len().max(ON_CREDIT))
    }
    // ANCHOR_END: room

    /// Makes what has come ours alone again, with room for `needed` more bytes. When that takes new memory,
    /// there is room for `ahead` of them, too.
    // ANCHOR: thaw
    fn thaw(&mut self, needed: usize, ahead: usize) -> &mut BytesMut {
        let new = needed.max(if ahead > 0 { ahead } else { READ_ROOM });
        if !self.frozen.is_empty() {
            let frozen = mem::take(&mut self.frozen);
            // What has grown for a long frame is not kept for the short ones that follow.
            let outgrown = frozen.len() > ON_CREDIT + READ_ROOM && frozen.len() - self.cut <= LEAST_ROOM;
            // When all its frames have been dropped, nobody shares it, and it can be had again.
            self.filling = match if outgrown { Err(frozen) } else { frozen.try_into_mut() } {
                Ok(mut ours) => {
                    ours.advance(self.cut);
                    ours
                }
                Err(shared) => with_room(&shared[self.cut..], new),
            };
        }
        let buffer = &mut self.filling;
        if buffer.capacity() - buffer.len() < needed && !buffer.try_reclaim(new) {
            *buffer = with_room(buffer, new);
        }
        buffer
    }
    // ANCHOR_END: thaw

    /// Hands out the next whole frame; `None` when it has not all arrived yet.
    ///
    /// # Errors
    /// The first thing that is wrong with the stream; from then on the same at every call.
    // ANCHOR: next_frame
    pub fn next_frame(&mut self) -> Result<Option<Frame>, DecodeError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        if self.frozen.is_empty() {
            // Once for all frames that one read has brought: from here on they share it.
            (self.frozen, self.cut) = (mem::take(&mut self.filling).freeze(), 0);
        }
        let header = match self.look() {
            Ok(Some(header)) => header,
            Ok(None) => return Ok(None),
            Err(error) => {
                (self.failed, self.frozen) = (Some(error.clone()), Bytes::new());
                return Err(error);
            }
        };
        // All of it is here. From this line on nothing can fail.
        let header_end = self.cut + usize::from(header.header_len);
        let extensions = self.cut + HEADER_LEN..header_end;
        self.cut += frame_len(&header);
        Ok(Some(Frame {
            kind: header.kind,
            codec: header.codec,
            compressor: header.compressor,
            status: header.status,
            request_id: header.request_id,
            extensions: Extensions::checked(self.frozen.slice(extensions)),
            body: self.frozen.slice(header_end..self.cut), // counted, not copied
        }))
    }
    // ANCHOR_END: next_frame

    /// The header of the next frame, if all of the frame is here.
    // ANCHOR: look
    #[inline]
    fn look(&self) -> Result<Option<Header>, DecodeError> {
        let rest = self.rest();
        let Some(header) = Header::decode(rest, &self.limits)? else { return Ok(None) };
        let Some(extensions) = rest.get(HEADER_LEN..header.header_len.into()) else { return Ok(None) };
        Extensions::check(extensions)?;
        Ok(if rest.len() < frame_len(&header) { None } else { Some(header) })
    }
    // ANCHOR_END: look

    /// How many bytes of an unfinished frame are waiting. 0 means: between two frames.
    pub fn unfinished(&self) -> usize {
        self.rest().len()
    }

    fn rest(&self) -> &[u8] {
        if self.failed.is_some() {
            return &[];
        }
        if self.frozen.is_empty() { &self.filling } else { &self.frozen[self.cut..] }
    }
}

/// A new buffer that begins with `bytes`. By hand, because `BytesMut::reserve` may take twice as much as it
/// is asked for.
fn with_room(bytes: &[u8], room: usize) -> BytesMut {
    let mut buffer = BytesMut::with_capacity(bytes.len() + room);
    buffer.extend_from_slice(bytes);
    buffer
}

fn frame_len(header: &Header) -> usize {
    usize::from(header.header_len) + header.body_len as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;
    use crate::status::Status;

    fn frames() -> Vec<Frame> {
        let extensions = Extensions::none().with(3, false, b"gray").with(90, false, b"from a later version");
        vec![
            Frame::new(Kind::Request, 1, "first\nwith a line break"),
            Frame::new(Kind::Heartbeat, 2, ""),
            Frame::new(Kind::Request, 3, "").with_extensions(extensions),
            Frame::response(1, Status::NOT_FOUND, "yrpc in the body is no border"),
            Frame::goaway(3, Status::SHUTTING_DOWN, "bye"),
        ]
    }

    fn stream() -> Vec<u8> {
        frames().iter().flat_map(|frame| frame.to_bytes().unwrap()).collect()
    }

    fn all(decoder: &mut FrameDecoder) -> Vec<Frame> {
        std::iter::from_fn(|| decoder.next_frame().unwrap()).collect()
    }

    impl FrameDecoder {
        fn capacity(&self) -> usize {
            self.filling.capacity().max(self.frozen.len())
        }
    }

    #[test]
    fn every_cut_gives_the_same_frames() {
        let stream = stream();
        for size in 1..=stream.len() {
            let mut decoder = FrameDecoder::new(FrameLimits::default());
            let mut got = Vec::new();
            for piece in stream.chunks(size) {
                decoder.feed(piece);
                got.extend(all(&mut decoder));
            }
            assert_eq!(got, frames(), "cut into pieces of {size}");
            assert_eq!(decoder.unfinished(), 0);
        }
    }

    #[test]
    fn what_comes_before_the_wrong_byte_is_handed_out_and_nothing_after_it() {
        let mut bytes = stream();
        bytes.extend_from_slice(b"GET / HTTP/1.1\r\n\r\n");
        bytes.extend(stream());
        let mut decoder = FrameDecoder::new(FrameLimits::default());
        decoder.feed(&bytes);
        for frame in frames() {
            assert_eq!(decoder.next_frame(), Ok(Some(frame)));
        }
        let wrong = DecodeError::WrongMagic { got: b"GET ".to_vec() };
        for _ in 0..3 {
            assert_eq!(decoder.next_frame(), Err(wrong.clone()));
            decoder.feed(&stream()); // too late
        }
        assert_eq!(decoder.unfinished(), 0, "it keeps nothing of what it will never look at");
    }

    #[test]
    fn who_reads_on_after_an_error_takes_no_more_memory() {
        let mut decoder = FrameDecoder::new(FrameLimits::default());
        decoder.feed(b"GET ");
        for _ in 0..100 {
            assert!(decoder.next_frame().is_err());
            decoder.read_from(&mut io::repeat(b'x')).unwrap();
            assert_eq!(decoder.unfinished(), 0);
            assert!(decoder.capacity() <= READ_ROOM);
        }
    }

    #[test]
    fn a_bad_extension_is_an_error_before_the_body_has_come() {
        let extensions = Extensions::none().with(9, false, b"x");
        let mut bytes = Frame::new(Kind::Request, 1, "body").with_extensions(extensions).to_bytes().unwrap();
        bytes[HEADER_LEN + 2] = 2; // one byte longer than the header
        let mut decoder = FrameDecoder::new(FrameLimits::default());
        decoder.feed(&bytes[..HEADER_LEN + 3]);
        assert_eq!(decoder.next_frame(), Ok(None));
        decoder.feed(&bytes[HEADER_LEN + 3..HEADER_LEN + 4]);
        assert!(matches!(decoder.next_frame(), Err(DecodeError::BadExtension { at: 24, .. })));
    }

    /// [Z-11] The check of CONCEPTS: a thousand frames from one read, and no body has moved.
    #[test]
    fn bodies_are_slices_of_the_buffer_they_were_read_into() {
        let one = Frame::new(Kind::Request, 7, vec![7; 100]).to_bytes().unwrap();
        let stream = one.repeat(100);
        let mut decoder = FrameDecoder::new(FrameLimits::default());
        let begin = decoder.room().as_ptr() as usize;
        assert_eq!(decoder.read_from(&mut &stream[..]).unwrap(), stream.len());
        for (index, frame) in all(&mut decoder).iter().enumerate() {
            assert_eq!(frame.body.as_ptr() as usize, begin + index * one.len() + HEADER_LEN);
        }
    }

    #[test]
    fn a_long_body_stays_where_it_arrives() {
        let body: Vec<u8> = (0..64 * 1024 - HEADER_LEN).map(|index| index as u8).collect();
        let stream = Frame::new(Kind::Request, 7, body.clone()).to_bytes().unwrap();
        let mut decoder = FrameDecoder::new(FrameLimits::default());
        decoder.feed(&stream[..HEADER_LEN]);
        // The header says how long it will be: from here on nothing moves.
        let begin = decoder.room().as_ptr() as usize;
        for piece in stream[HEADER_LEN..].chunks(1000) {
            assert_eq!(decoder.next_frame(), Ok(None));
            assert_eq!(decoder.read_from(&mut &piece[..]).unwrap(), piece.len());
        }
        let frame = decoder.next_frame().unwrap().unwrap();
        assert_eq!(frame.body.as_ptr() as usize, begin + HEADER_LEN);
        assert_eq!(frame.body, body);
    }

    #[test]
    fn an_announcement_is_worth_64_kib_and_every_byte_that_comes_one_more() {
        let limits = FrameLimits::default();
        let stream = Frame::new(Kind::Request, 1, vec![0; limits.max_body as usize]).to_bytes().unwrap();
        let mut decoder = FrameDecoder::new(limits);
        decoder.feed(&stream[..HEADER_LEN]);
        assert!(decoder.room().capacity() <= HEADER_LEN + ON_CREDIT);
        for piece in stream[HEADER_LEN..].chunks(10_000) {
            assert_eq!(decoder.next_frame(), Ok(None));
            decoder.feed(piece);
            let (have, took) = (decoder.unfinished(), decoder.capacity());
            assert!(took <= have * 2 + ON_CREDIT, "{took} bytes for {have} that have come");
            assert!(took <= FrameDecoder::largest_buffer(&limits));
        }
        assert_eq!(decoder.next_frame().unwrap().unwrap().body.len(), limits.max_body as usize);
    }

    /// From 64 KiB to 8 MiB the buffer doubles seven times; it must not move more often than that, and a
    /// little.
    #[test]
    fn a_long_frame_moves_a_few_times_however_it_comes() {
        let limits = FrameLimits::default();
        let stream = Frame::new(Kind::Request, 1, vec![0; limits.max_body as usize]).to_bytes().unwrap();
        for (size, reading) in [(1460, true), (1460, false), (65_536, true), (16_384, false)] {
            let mut decoder = FrameDecoder::new(limits);
            let mut buffers = 0;
            let mut capacity = 0;
            for mut piece in stream.chunks(size) {
                while reading && !piece.is_empty() {
                    decoder.read_from(&mut piece).unwrap();
                }
                decoder.feed(piece);
                buffers += usize::from(decoder.filling.capacity() != capacity);
                capacity = decoder.filling.capacity();
            }
            assert!(buffers <= 12, "{buffers} buffers, with pieces of {size}");
            assert_eq!(decoder.next_frame().unwrap().unwrap().body.len(), limits.max_body as usize);
        }
    }

    #[test]
    fn a_trickle_moves_hardly_anything() {
        let stream = Frame::new(Kind::Request, 1, vec![0; 4 << 20]).to_bytes().unwrap();
        let mut decoder = FrameDecoder::new(FrameLimits::default());
        decoder.feed(&stream[..2 << 20]);
        let mut buffers = 0;
        let mut capacity = decoder.filling.capacity();
        for byte in &stream[2 << 20..(2 << 20) + 10_000] {
            decoder.read_from(&mut &[*byte][..]).unwrap();
            buffers += usize::from(decoder.filling.capacity() != capacity);
            capacity = decoder.filling.capacity();
        }
        assert!(buffers <= 2, "{buffers} buffers for 10,000 bytes");
    }

    #[test]
    fn the_largest_buffer_holds_the_longest_frame_and_a_read() {
        let limits = FrameLimits { max_header: 100, max_body: 1000 };
        assert_eq!(FrameDecoder::largest_buffer(&limits), 1100 + READ_ROOM);
    }

    #[test]
    fn what_a_long_frame_took_is_given_back() {
        let limits = FrameLimits::default();
        let stream = Frame::new(Kind::Request, 1, vec![0; limits.max_body as usize]).to_bytes().unwrap();
        let mut decoder = FrameDecoder::new(limits);
        decoder.feed(&stream);
        drop(decoder.next_frame().unwrap().unwrap());
        assert!(decoder.room().capacity() <= READ_ROOM);
    }

    #[test]
    fn much_at_once_is_taken_in_at_once() {
        let stream = stream().repeat(1000);
        let mut decoder = FrameDecoder::new(FrameLimits::default());
        decoder.feed(&stream);
        assert!(decoder.room().capacity() >= stream.len() + LEAST_ROOM, "and there is room for a read, too");
        assert_eq!(all(&mut decoder).len(), 5000);
    }

    #[test]
    fn memory_is_used_again_when_its_frames_are_gone() {
        let stream = stream();
        let mut decoder = FrameDecoder::new(FrameLimits::default());
        decoder.feed(&stream);
        let first = decoder.next_frame().unwrap().unwrap().body.as_ptr();
        for _ in 0..1000 {
            all(&mut decoder);
            decoder.feed(&stream);
            assert!(decoder.capacity() <= READ_ROOM);
        }
        let begin = first as usize - HEADER_LEN;
        let now = decoder.next_frame().unwrap().unwrap().body.as_ptr() as usize;
        assert!((begin..begin + READ_ROOM).contains(&now), "the same buffer as at the beginning");
    }

    #[test]
    fn a_read_that_fails_leaves_everything_as_it_was() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::ConnectionReset.into())
            }
        }
        let stream = stream();
        let mut decoder = FrameDecoder::new(FrameLimits::default());
        decoder.feed(&stream[..30]);
        assert!(decoder.read_from(&mut Broken).is_err());
        assert_eq!(decoder.unfinished(), 30);
        decoder.feed(&stream[30..]);
        assert_eq!(all(&mut decoder), frames());
    }
}
