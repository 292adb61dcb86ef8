//! Cutting a stream of bytes into lines, without a socket in sight.

/// How many bytes the servers and clients of this chapter ask for in one `read`: one page of memory, and
/// more than every message of the demo.
pub const READ_CHUNK: usize = 4096;

/// A line grew past its limit before its `\n` came. The stream is of no use any more: nobody can tell
/// where the next message begins.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a line is longer than {limit} bytes")]
pub struct LineTooLong {
    /// The limit that was passed, in bytes.
    pub limit: usize,
}

/// Bytes go in as they arrive, lines come out whole. [T-04]
///
/// ```text
///   feed("say_he")         ┌──────────────────────────────┐
///   feed("llo Ann\nsay")──▶│ say_hello Ann \n say         │──▶ next_line() = "say_hello Ann"
///                          └──────────────────────────────┘    next_line() = not yet
/// ```
///
/// Memory is bounded by the limit plus what you feed at once, as long as you take all lines before you
/// feed again. A `\r` before the `\n` is dropped, so that `telnet` and `nc -C` can talk to the servers.
#[derive(Debug)]
pub struct LineBuffer {
    bytes: Vec<u8>,
    /// Bytes before this index hold no `\n`: they were searched already. Without it, a line that
    /// arrives byte by byte would be searched from its start every time: n²/2 looks for n bytes.
    searched: usize,
    limit: usize,
}

impl LineBuffer {
    /// An empty buffer for lines of at most `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self { bytes: Vec::new(), searched: 0, limit }
    }

    /// Takes in what one `read` has brought.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Hands out the next whole line, without its `\n`; `None` when it has not arrived yet.
    ///
    /// # Errors
    /// [`LineTooLong`] when the line, finished or not, is above the limit. Every later call says so too.
    // ANCHOR: next_line
    pub fn next_line(&mut self) -> Result<Option<Vec<u8>>, LineTooLong> {
        let end = self.bytes[self.searched..].iter().position(|&byte| byte == b'\n');
        let length = end.map_or(self.bytes.len(), |found| self.searched + found);
        if length > self.limit {
            return Err(LineTooLong { limit: self.limit });
        }
        if end.is_none() {
            self.searched = self.bytes.len();
            return Ok(None);
        }
        let mut line: Vec<u8> = self.bytes.drain(..=length).collect();
        line.pop(); // the '\n'
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        self.searched = 0;
        Ok(Some(line))
    }
    // ANCHOR_END: next_line

    /// How many bytes of an unfinished line are waiting. 0 means: between two lines.
    pub fn unfinished(&self) -> usize {
        self.bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(buffer: &mut LineBuffer) -> Vec<String> {
        std::iter::from_fn(|| buffer.next_line().unwrap())
            .map(|line| String::from_utf8(line).unwrap())
            .collect()
    }

    #[test]
    fn every_cut_of_a_stream_gives_the_same_lines() {
        let stream = b"one\n\nthree\r\nfour and more\nrest";
        for size in 1..=stream.len() {
            let mut buffer = LineBuffer::new(100);
            let mut got = Vec::new();
            for piece in stream.chunks(size) {
                buffer.feed(piece);
                got.extend(lines(&mut buffer));
            }
            assert_eq!(got, ["one", "", "three", "four and more"], "cut into pieces of {size}");
            assert_eq!(buffer.unfinished(), 4, "cut into pieces of {size}");
        }
    }

    #[test]
    fn the_limit_counts_the_line_and_not_its_end() {
        let mut buffer = LineBuffer::new(3);
        buffer.feed(b"abc\n");
        assert_eq!(lines(&mut buffer), ["abc"]);
        buffer.feed(b"abc");
        assert_eq!(buffer.next_line(), Ok(None));
        buffer.feed(b"d");
        assert_eq!(buffer.next_line(), Err(LineTooLong { limit: 3 }));
        assert_eq!(buffer.next_line(), Err(LineTooLong { limit: 3 }), "and it stays that way");
    }

    #[test]
    fn a_finished_line_above_the_limit_is_refused_too() {
        let mut buffer = LineBuffer::new(3);
        buffer.feed(b"abcd\n");
        assert_eq!(buffer.next_line(), Err(LineTooLong { limit: 3 }));
    }
}
