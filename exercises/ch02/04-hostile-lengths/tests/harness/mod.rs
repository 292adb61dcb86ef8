//! A stranger who announces much, and a measure of what that cost you.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use allocation_counter::AllocationInfo;
use ch02_protocol::{FrameLimits, HEADER_LEN, Header, Kind, Status};
use hostile_lengths::{BodyError, read_body};
use spec_kit::{Failure, Input, ScriptedStream, within};

pub const PAGE: &str = "chapter 2, \"How much memory for a stranger?\"";
pub const KIB: usize = 1024;
pub const MIB: usize = 1024 * KIB;
/// The contract's number, whatever the constant in your file says.
pub const ON_CREDIT: usize = 64 * KIB;

/// A request's header with these lengths.
pub fn header(header_len: u16, body_len: u32) -> Header {
    Header {
        kind: Kind::Request,
        codec: 0,
        compressor: 0,
        header_len,
        status: Status::OK,
        request_id: 1,
        body_len,
    }
}

/// A request without extensions whose body has so many bytes.
pub fn announcing(body_len: usize) -> Header {
    header(HEADER_LEN as u16, body_len.try_into().expect("a length of a test"))
}

/// Bytes that differ from their neighbours, so that a body in the wrong order is noticed.
pub fn body(length: usize) -> Vec<u8> {
    (0..length).map(|index| (index % 251) as u8).collect()
}

/// A stream that notes how much room each `read` was offered.
pub struct Stranger {
    script: VecDeque<Input>,
    /// How much of the first piece has been read.
    at: usize,
    /// Plays the end of the stream, and notices who reads on behind it for ever.
    end: ScriptedStream,
    /// For each read: what had come before it, and the room that it was offered.
    pub reads: Vec<(usize, usize)>,
    came: usize,
}

impl Stranger {
    pub fn new(input: impl IntoIterator<Item = Input>) -> Self {
        let empty = Input::Bytes(Vec::new());
        let script = input.into_iter().filter(|input| *input != empty).collect();
        Self { script, at: 0, end: ScriptedStream::new([]), reads: Vec::new(), came: 0 }
    }

    pub fn unread(&self) -> Vec<u8> {
        let pieces = self.script.iter().filter_map(|input| match input {
            Input::Bytes(bytes) => Some(&bytes[..]),
            Input::Fails(_) => None,
        });
        pieces.collect::<Vec<_>>().concat().split_off(self.at)
    }

    fn play(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            Failure::new("You asked for bytes and offered no room for them.")
                .expected("a `read` into at least one byte of room")
                .got(format_args!("a `read` into 0 bytes, when {} had come", self.came))
                .because(
                    "`read` fills what is there: a `Vec` that has capacity and no length is an empty slice. And a \
                     `read` into nothing brings 0 bytes, which looks like the end of the stream.",
                )
                .page(PAGE)
                .raise();
        }
        self.reads.push((self.came, buffer.len()));
        let Some(Input::Bytes(piece)) = self.script.front() else {
            return match self.script.pop_front() {
                Some(Input::Fails(kind)) => Err(kind.into()),
                _ => self.end.read(buffer),
            };
        };
        let left = &piece[self.at..];
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        self.at += count;
        if self.at == piece.len() {
            self.script.pop_front();
            self.at = 0;
        }
        self.came += count;
        Ok(count)
    }
}

impl Read for Stranger {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut result = Ok(0);
        // What the stranger needs is not on your bill.
        allocation_counter::opt_out(|| result = self.play(buffer));
        result
    }
}

/// What happened, and what it cost.
pub struct Bill {
    pub result: Result<Vec<u8>, BodyError>,
    pub memory: AllocationInfo,
    pub stranger: Stranger,
}

/// Calls your `read_body` and counts its memory.
pub fn read(mut stranger: Stranger, header: Header, limits: FrameLimits) -> Bill {
    guarded("your `read_body` reads", move || {
        let mut result = None;
        let memory =
            allocation_counter::measure(|| result = Some(read_body(&mut stranger, &header, &limits)));
        Bill { result: result.expect("it was called"), memory, stranger }
    })
}

/// Runs your part where a panic can be explained and a loop without end is noticed.
pub fn guarded<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    within(what, move || {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
            let text = match (panic.downcast_ref::<String>(), panic.downcast_ref::<&str>()) {
                (Some(text), _) => text.clone(),
                (None, text) => text.copied().unwrap_or_default().to_owned(),
            };
            if text.starts_with("not yet implemented") || text.starts_with('\n') {
                resume_unwind(panic); // an open hole, or a message that explains itself
            }
            let cause = if text.starts_with("attempt to add") {
                "A header of 65,535 and a body of 4,294,967,295 bytes are more together than a `u32` can hold. In a \
                 release build the sum wraps silently instead, and is a small number."
            } else {
                "Every number here is a stranger's, or depends on one. Which of yours left its range?"
            };
            Failure::new("A stranger wrote two lengths, and your program ended.")
                .show("the panic", &text)
                .because(cause)
                .page(PAGE)
                .raise()
        })
    })
}

/// A result, without its bytes.
pub fn shown(result: &Result<Vec<u8>, BodyError>) -> String {
    match result {
        Ok(body) => format!("Ok, {}", in_bytes(body.len())),
        Err(error) => format!("Err({error:?})"),
    }
}

/// A number of bytes, for people.
pub fn in_bytes(count: usize) -> String {
    if count == 1 { "1 byte".to_owned() } else { format!("{count} bytes") }
}

/// A number of reads, for people.
pub fn in_reads(count: usize) -> String {
    format!("{count} `read`{}", if count == 1 { "" } else { "s" })
}

/// Whether the body came as it was sent.
pub fn is(result: &Result<Vec<u8>, BodyError>, sent: &[u8]) -> bool {
    result.as_ref().is_ok_and(|got| got == sent)
}
