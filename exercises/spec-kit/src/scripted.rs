//! A peer without a socket: every piece, pause and error exactly as scripted.

use std::collections::VecDeque;
use std::io::{self, Read, Write};

/// What one `read` on a [`ScriptedStream`] meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// These bytes arrive. A buffer that is smaller takes what fits; the rest waits for the next `read`.
    Bytes(Vec<u8>),
    /// The read fails with this kind: `Interrupted`, `WouldBlock`, `ConnectionReset`, …
    Fails(io::ErrorKind),
}

impl Input {
    /// `Input::Bytes` from anything that looks like bytes.
    pub fn bytes(bytes: impl AsRef<[u8]>) -> Self {
        Self::Bytes(bytes.as_ref().to_vec())
    }
}

/// A stream that plays a script: reads meet the [`Input`]s in order, then the end of the stream; writes
/// are kept, and may be cut short, interrupted or refused.
///
/// Reading on after the end of the stream is answered with 0 four times, then with a panic that says so,
/// because code that does it would loop for ever on a real socket. So is writing without an end.
#[derive(Debug, Default)]
pub struct ScriptedStream {
    input: VecDeque<Input>,
    ends_seen: usize,
    /// Everything that was written so far.
    pub written: Vec<u8>,
    /// What the next writes do: `Ok(n)` takes at most `n` bytes, `Err(kind)` fails. When it is empty,
    /// a write takes everything.
    pub write_plan: VecDeque<Result<usize, io::ErrorKind>>,
    /// How often `read` was called.
    pub reads: usize,
    /// How often `write` was called.
    pub writes: usize,
}

impl ScriptedStream {
    /// How often a script answers 0 (end of stream) before it calls that a loop.
    const PATIENCE: usize = 4;
    /// How many writes it keeps before it calls that a loop. Every script of the workshop needs fewer than
    /// a tenth of it; code that writes the same bytes for ever would fill the memory.
    const MOST_WRITES: usize = 10_000;

    /// A stream whose reads meet `input`, then the end of the stream. A piece without bytes is left out:
    /// a `read` that brings 0 bytes would be the end of the stream.
    pub fn new(input: impl IntoIterator<Item = Input>) -> Self {
        let empty = Input::Bytes(Vec::new());
        Self { input: input.into_iter().filter(|input| *input != empty).collect(), ..Self::default() }
    }

    /// A stream that hands out `bytes` in pieces of `size` (the last may be shorter).
    ///
    /// # Panics
    /// When `size` is 0.
    pub fn in_pieces(bytes: impl AsRef<[u8]>, size: usize) -> Self {
        Self::new(bytes.as_ref().chunks(size).map(Input::bytes))
    }

    /// The bytes that nobody has read yet.
    pub fn unread(&self) -> Vec<u8> {
        self.input
            .iter()
            .flat_map(|input| match input {
                Input::Bytes(bytes) => bytes.clone(),
                Input::Fails(_) => Vec::new(),
            })
            .collect()
    }
}

impl Read for ScriptedStream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reads += 1;
        if buffer.is_empty() {
            return Ok(0);
        }
        match self.input.pop_front() {
            None => {
                self.ends_seen += 1;
                if self.ends_seen > Self::PATIENCE {
                    panic!(
                        "\n\n`read` returned 0 and you read again, {} times.\n\n  \
                         0 bytes into a buffer that has room means that the peer will never send again.\n  \
                         On a real socket this loop would run for ever.\n",
                        Self::PATIENCE
                    );
                }
                Ok(0)
            }
            Some(Input::Fails(kind)) => Err(io::Error::from(kind)),
            Some(Input::Bytes(mut bytes)) => {
                let taken = bytes.len().min(buffer.len());
                buffer[..taken].copy_from_slice(&bytes[..taken]);
                if taken < bytes.len() {
                    self.input.push_front(Input::Bytes(bytes.split_off(taken)));
                }
                Ok(taken)
            }
        }
    }
}

impl Write for ScriptedStream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes += 1;
        if self.writes > Self::MOST_WRITES {
            panic!(
                "\n\n`write` was called {} times, and the end is not in sight.\n\n  \
                 Every `write` says how many bytes it took. Do you go on behind them?\n",
                Self::MOST_WRITES
            );
        }
        let taken = match self.write_plan.pop_front() {
            None => bytes.len(),
            Some(Ok(limit)) => limit.min(bytes.len()),
            Some(Err(kind)) => return Err(io::Error::from(kind)),
        };
        self.written.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plays_pieces_errors_and_the_end() {
        let mut stream = ScriptedStream::new([Input::bytes("abc"), Input::Fails(io::ErrorKind::WouldBlock)]);
        let mut buffer = [0; 2];
        assert_eq!(stream.read(&mut buffer).unwrap(), 2);
        assert_eq!(stream.unread(), b"c");
        assert_eq!(stream.read(&mut buffer).unwrap(), 1);
        assert_eq!(stream.read(&mut buffer).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        assert_eq!(stream.read(&mut buffer).unwrap(), 0);
        assert_eq!(stream.reads, 4);
    }

    #[test]
    #[should_panic(expected = "you read again")]
    fn calls_a_loop_at_the_end_by_its_name() {
        let mut stream = ScriptedStream::new([]);
        loop {
            let _ = stream.read(&mut [0; 8]);
        }
    }

    #[test]
    #[should_panic(expected = "the end is not in sight")]
    fn calls_endless_writing_by_its_name() {
        let mut stream = ScriptedStream::default();
        while stream.write(b"again").is_ok() {}
    }

    #[test]
    fn writes_follow_the_plan() {
        let mut stream = ScriptedStream::default();
        stream.write_plan.extend([Ok(2), Err(io::ErrorKind::WouldBlock)]);
        assert_eq!(stream.write(b"hello").unwrap(), 2);
        assert_eq!(stream.write(b"llo").unwrap_err().kind(), io::ErrorKind::WouldBlock);
        assert_eq!(stream.write(b"llo").unwrap(), 3);
        assert_eq!(stream.written, b"hello");
    }
}
