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
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        self.cut().inspect_err(|error| self.failed = Some(error.clone()))
        // END YOUR CODE
    }

    /// Cuts one frame off the front of the buffer, if all of it is there.
    fn cut(&mut self) -> Result<Option<Frame>, DecodeError> {
        // YOUR CODE cut: look first; take header, extensions and body only when all of them have come.
        let Some(header) = Header::decode(&self.buffer, &self.limits)? else {
            return Ok(None);
        };
        let header_len = usize::from(header.header_len);
        let body_len = header.body_len as usize;
        if self.buffer.len() < header_len + body_len {
            return Ok(None);
        }
        let mut head = self.buffer.split_to(header_len).freeze();
        let extensions = head.split_off(HEADER_LEN);
        let body = self.buffer.split_to(body_len).freeze();
        Ok(Some(Frame {
            kind: header.kind,
            codec: header.codec,
            compressor: header.compressor,
            status: header.status,
            request_id: header.request_id,
            extensions: Extensions::parse(extensions)?,
            body,
        }))
        // END YOUR CODE
    }
}
