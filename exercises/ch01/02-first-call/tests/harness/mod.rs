//! The other end, and how results are shown.

use std::io::{self, ErrorKind, Read, Write};

use first_call::{Connection, LineError};
use spec_kit::{Input, ScriptedStream};

/// Above every line of these tests that is not meant to be too long.
pub const LIMIT: usize = 64;

pub fn echo(request: &[u8]) -> Vec<u8> {
    [b"you said ", request].concat()
}

/// How things stood when you began to wait, in bytes.
pub struct Moment {
    /// What the peer had handed you.
    pub received: usize,
    /// What you had written.
    pub written: usize,
    /// What of it had really left you: the peer keeps what you write in a buffer until you flush it.
    pub flushed: usize,
}

/// A peer that notes how things stood at each `read`.
pub struct Diary {
    script: ScriptedStream,
    received: usize,
    pub written: Vec<u8>,
    flushed: usize,
    pub reads: Vec<Moment>,
    writes: usize,
}

impl Diary {
    /// How many writes it takes before it hangs up: no test needs half of them, and a server that never
    /// notices the end of the stream would go on for ever.
    const PATIENCE: usize = 64;

    pub fn new(input: impl IntoIterator<Item = Input>) -> Self {
        let script = ScriptedStream::new(input);
        Self { script, received: 0, written: Vec::new(), flushed: 0, reads: Vec::new(), writes: 0 }
    }
}

impl Read for Diary {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Self { received, flushed, .. } = *self;
        self.reads.push(Moment { received, written: self.written.len(), flushed });
        let count = self.script.read(buffer)?;
        self.received += count;
        Ok(count)
    }
}

impl Write for Diary {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes += 1;
        if self.writes > Self::PATIENCE {
            return Err(io::Error::new(ErrorKind::BrokenPipe, "you answer requests that nobody has sent"));
        }
        self.written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.flushed = self.written.len();
        Ok(())
    }
}

pub fn count_lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte == b'\n').count()
}

/// Reads up to `most` lines; the lines, and what came instead of a further one.
pub fn read_all(peer: &mut ScriptedStream, most: usize) -> (Vec<String>, String) {
    let mut connection = Connection::new(peer, LIMIT);
    let mut lines = Vec::new();
    for _ in 0..most {
        match connection.read_line() {
            Ok(Some(line)) => lines.push(text(&line)),
            other => return (lines, shown(&other).replace("Ok(None)", "None")),
        }
    }
    (lines, "more lines".to_owned())
}

pub fn shown(result: &Result<Option<Vec<u8>>, LineError>) -> String {
    match result {
        Ok(Some(line)) => format!("Ok(Some({:?}))", text(line)),
        other => format!("{other:?}"),
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
