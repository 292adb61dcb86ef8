//! 02-03 Reassemble frames from a stream.
//!
//! `read` cuts where it likes. The header says where the frame ends.
//!
//! ```text
//!   feed("…rpc") feed("…") ──▶ ┌───────────────────────────────────────────┐
//!                              │ header │ ext │ body  │ header │ bo…       │ ──▶ next_frame(): the first
//!                              └───────────────────────────────────────────┘     next_frame(): not yet
//!                                └──── one frame ────┘  └ the next begins here
//! ```
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use bytes::BytesMut;
use ch02_protocol::{DecodeError, Extensions, Frame, FrameLimits, HEADER_LEN, Header};

/// Cuts a stream of bytes into frames. It touches no socket: somebody else reads, and feeds it.
#[derive(Debug)]
pub struct Reassembler {
    /// What has come and was not handed out yet: a piece of a frame, or many frames.
    buffer: BytesMut,
    /// What was wrong with the stream. From then on there is nothing else to say.
    failed: Option<DecodeError>,
    limits: FrameLimits,
}

impl Reassembler {
    /// Nothing has come yet.
    pub fn new(limits: FrameLimits) -> Self {
        Self { buffer: BytesMut::new(), failed: None, limits }
    }

    /// Takes in what one `read` has brought. Where it was cut means nothing.
    pub fn feed(&mut self, bytes: &[u8]) {
        // Behind a wrong byte nothing will be looked at any more, so nothing is kept.
        if self.failed.is_none() {
            self.buffer.extend_from_slice(bytes);
        }
    }

    /// What has come and was not handed out yet.
    pub fn waiting(&self) -> &[u8] {
        &self.buffer
    }

    /// The next whole frame; `None` when it has not all come yet.
    ///
    /// # Errors
    /// The first thing that is wrong with the stream, and from then on the same at every call.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, DecodeError> {
        // YOUR CODE next_frame: after an error the same error, for ever; before it, whatever `cut` says.
        todo!("02-03 next_frame")
        // END YOUR CODE
    }

    /// Cuts one frame off the front of the buffer, if all of it is there.
    fn cut(&mut self) -> Result<Option<Frame>, DecodeError> {
        // YOUR CODE cut: look first; take header, extensions and body only when all of them have come.
        todo!("02-03 cut")
        // END YOUR CODE
    }
}
