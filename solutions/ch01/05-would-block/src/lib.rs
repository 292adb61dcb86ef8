//! 01-05 A connection that never waits.
//!
//! A thread that serves many connections may not stand still in any of them. So `read` and `write` are
//! told not to wait (they say `WouldBlock` instead), and what a waiting thread would keep in its call
//! stack, "I am in the middle of this line", is kept in a struct.
//!
//! ```text
//!   turn ──▶ flush ──▶ all out? ──yes──▶ a whole line here? ──yes──▶ answer it ──▶ (flush again)
//!                         │ no                   │ no
//!                         ▼                      ▼
//!             come back when there is          read ──▶ bytes: look for a line again
//!             room to write                      └────▶ WouldBlock: come back when there are bytes
//! ```
#![forbid(unsafe_code)]

use std::io::{self, Read, Write};

use ch01_raw_tcp::dispatch::answer;
use ch01_raw_tcp::line::{LineBuffer, LineTooLong, READ_CHUNK};
use ch01_raw_tcp::{Code, Reply, Service};

/// The longest request or reply, in bytes, without its `\n`: 8 KiB, as in chapter 1's `Limits`.
pub const MAX_LINE: usize = 8 * 1024;

/// How many reads one connection may do before the others get their turn: 16, that is 64 KiB. A peer that
/// sends without a pause must not starve the rest.
pub const READS_PER_TURN: usize = 16;

/// How many lines one connection may have answered in a turn: 256. A bound on bytes is none on work: 64 KiB
/// hold 65,536 empty lines, and each of them is a call and a write.
pub const LINES_PER_TURN: usize = 256;

/// Why a connection came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// The peer closed between two lines: a goodbye.
    Closed,
    /// The peer closed in the middle of a line. The half line was not run.
    CutOff,
    /// We end it: a line was above [`MAX_LINE`], and the reply that says so is out.
    TooLong,
    /// Reset, broken pipe, a `write` that takes 0 bytes: nobody is there to talk to.
    Vanished,
}

/// What a turn has brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Come back when what it [wants](Connection::wants) is there.
    Open,
    /// Drop it.
    Finished(Finish),
}

/// What a connection waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wants {
    /// Tell me when there is something to read.
    pub read: bool,
    /// Tell me when there is room to write.
    pub write: bool,
}

/// A connection that never waits. `S` is a non-blocking socket, or a script in the spec.
#[derive(Debug)]
pub struct Connection<S> {
    stream: S,
    /// What was read and not answered yet: at most one line and one chunk.
    input: LineBuffer,
    /// The reply that is on its way: at most one. Empty when all of it is out.
    output: Vec<u8>,
    /// How many bytes of `output` the stream has taken.
    written: usize,
    /// The turn ended at [`LINES_PER_TURN`], so whole lines may be left in `input`. No event comes for bytes
    /// that have left the kernel: asking for room brings the next turn, because room is there nearly always.
    more: bool,
    /// Set by [`refuse`](Self::refuse): the connection ends as soon as `output` is out.
    finish: Option<Finish>,
}

impl<S: Read + Write> Connection<S> {
    /// Takes over `stream`, whose `read` and `write` must not wait.
    pub fn new(stream: S) -> Self {
        let input = LineBuffer::new(MAX_LINE);
        Self { stream, input, output: Vec::new(), written: 0, more: false, finish: None }
    }

    /// The stream, to register it with a poller.
    pub fn stream(&self) -> &S {
        &self.stream
    }

    /// Does all that can be done without waiting, or as much as one turn allows.
    pub fn turn(&mut self, service: &dyn Service) -> Status {
        match self.read_and_answer(service) {
            Err(finish) => Status::Finished(finish),
            Ok(()) if self.output.is_empty() => self.finish.map_or(Status::Open, Status::Finished),
            Ok(()) => Status::Open,
        }
    }

    /// Answers the lines that are there, then reads on; `Ok` when it would have to wait or its turn is over.
    ///
    /// - While a reply waits in `output`: no further line, no `read`. That is back-pressure.
    /// - At most [`LINES_PER_TURN`] lines are answered. Who stops there sets `more`, for this one time.
    /// - `read` is called at most [`READS_PER_TURN`] times, and only when `input` holds no whole line.
    /// - [`answer`] gives the reply as it goes out, with its `\n`.
    fn read_and_answer(&mut self, service: &dyn Service) -> Result<(), Finish> {
        // YOUR CODE read_and_answer: flush, answer a line, or read; stop where you would have to wait.
        let mut chunk = [0; READ_CHUNK];
        let (mut reads, mut lines) = (0, 0);
        loop {
            self.flush()?;
            self.more = lines == LINES_PER_TURN;
            if self.more || !self.output.is_empty() || self.finish.is_some() {
                return Ok(());
            }
            match self.input.next_line() {
                Ok(Some(line)) => {
                    lines += 1;
                    self.output = answer(service, &line, MAX_LINE);
                }
                Err(error) => self.refuse(&error),
                Ok(None) if reads == READS_PER_TURN => return Ok(()),
                Ok(None) => {
                    reads += 1;
                    match self.stream.read(&mut chunk) {
                        Ok(0) if self.input.unfinished() > 0 => return Err(Finish::CutOff),
                        Ok(0) => return Err(Finish::Closed),
                        Ok(count) => self.input.feed(&chunk[..count]),
                        Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        Err(_) => return Err(Finish::Vanished),
                    }
                }
            }
        }
        // END YOUR CODE
    }

    /// Writes what is left of `output`; `Ok` when all of it is out, or when the stream takes no more now.
    ///
    /// When all is out, `output` is empty and `written` is 0 again.
    fn flush(&mut self) -> Result<(), Finish> {
        // YOUR CODE flush: write from where you stopped. Not one byte twice, not one byte left out.
        while self.written < self.output.len() {
            match self.stream.write(&self.output[self.written..]) {
                Ok(0) => return Err(Finish::Vanished),
                Ok(count) => self.written += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Err(Finish::Vanished),
            }
        }
        self.output.clear();
        self.written = 0;
        Ok(())
        // END YOUR CODE
    }

    /// What to wait for before the next turn.
    pub fn wants(&self) -> Wants {
        // YOUR CODE wants: when is there something to write, or left to do? And when may you read?
        let write = self.more || !self.output.is_empty();
        Wants { read: !write, write }
        // END YOUR CODE
    }

    /// Says no to a line above the limit. Nobody can tell where the next line begins, so it is the last
    /// word on this connection.
    fn refuse(&mut self, error: &LineTooLong) {
        self.output = Reply::Error(Code::TooLong, error.to_string()).to_line();
        self.output.push(b'\n');
        self.finish = Some(Finish::TooLong);
    }
}
