//! 01-02 First call.
//!
//! Two programs agree on one thing: a message is a line. That is enough for one to call the other.
//!
//! ```text
//!   client: call("say_hello world")                          server: serve(service)
//!           write_line ──── "say_hello world\n" ────▶ read_line ─▶ service.call
//!           read_line  ◀─── "ok Hello world\n" ────── write_line ◀──────┘
//! ```
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use std::io::{self, Read, Write};

use ch01_raw_tcp::Service;

/// How many bytes to ask for in one `read`: one page of memory, more than most lines need.
const CHUNK: usize = 4096;

/// Why a line could not be read or written, or a call got no reply.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// The peer left in the middle of a line. Half a line is not a line.
    #[error("the connection was cut off after {got} bytes of a line")]
    CutOff {
        /// The bytes of the unfinished line.
        got: usize,
    },
    /// There are more bytes than allowed before the `\n`. When reading, the connection is lost: nobody can
    /// tell where the next message begins. When writing, nothing was sent.
    #[error("a line is longer than {limit} bytes")]
    TooLong {
        /// The limit that was passed, in bytes, without the `\n`.
        limit: usize,
    },
    /// A message with a `\n` inside would arrive as two. Nothing was sent.
    #[error("a line cannot contain `\\n`")]
    NotALine,
    /// The server left between two lines, before it replied. The call may have run, or not: nobody knows.
    #[error("the server left before it replied")]
    NoReply,
    /// The connection failed.
    #[error("the connection failed: {0}")]
    Io(#[from] io::Error),
}

/// One end of a line protocol, over anything that can be read and written: a socket, or a test's script.
#[derive(Debug)]
pub struct Connection<S> {
    stream: S,
    /// What has arrived and was not handed out yet. One `read` may bring half a line, or three lines.
    arrived: Vec<u8>,
    max_line: usize,
}

impl<S: Read + Write> Connection<S> {
    /// Speaks lines of at most `max_line` bytes (without their `\n`) over `stream`.
    pub fn new(stream: S, max_line: usize) -> Self {
        Self { stream, arrived: Vec::new(), max_line }
    }

    /// The next line, without its `\n` and without one `\r` before it; `None` when the peer has left between
    /// two lines.
    ///
    /// # Errors
    /// [`LineError::CutOff`], [`LineError::TooLong`], [`LineError::Io`].
    pub fn read_line(&mut self) -> Result<Option<Vec<u8>>, LineError> {
        // YOUR CODE read_line: take one line out of `arrived`; read more as long as it is not whole.
        todo!("01-02 read_line")
        // END YOUR CODE
    }

    /// Sends `line` and the `\n` that ends it, together: in one `write` if the stream takes it whole.
    ///
    /// # Errors
    /// [`LineError::NotALine`] and [`LineError::TooLong`] before anything is sent, [`LineError::Io`] after it.
    pub fn write_line(&mut self, line: &[u8]) -> Result<(), LineError> {
        // YOUR CODE write_line: refuse what is no line; send the rest with its `\n`, and hold nothing back.
        todo!("01-02 write_line")
        // END YOUR CODE
    }

    /// The client's side: sends `request` and waits for the reply.
    ///
    /// # Errors
    /// [`LineError::NoReply`] when the server has left between two lines. Everything else is what
    /// [`write_line`](Self::write_line) and [`read_line`](Self::read_line) say.
    pub fn call(&mut self, request: &[u8]) -> Result<Vec<u8>, LineError> {
        // YOUR CODE call: one line there, one line back.
        todo!("01-02 call")
        // END YOUR CODE
    }

    /// The server's side: answers every line with `service`, in order, until the peer leaves. Sends replies and
    /// nothing else.
    ///
    /// # Errors
    /// Whatever [`read_line`](Self::read_line) and [`write_line`](Self::write_line) say; the first one ends it.
    pub fn serve(&mut self, service: &dyn Service) -> Result<(), LineError> {
        // YOUR CODE serve: a reply for every line, at once; `Ok` when the peer has left between two lines.
        todo!("01-02 serve")
        // END YOUR CODE
    }
}
