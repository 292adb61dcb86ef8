//! As much of HTTP as a browser needs to read a book: one GET a connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A browser opens connections in advance and may never use them; this is when we give up on one.
const PATIENCE: Duration = Duration::from_secs(10);
/// Request line and headers; browsers stay below a few kilobytes, and other servers allow as much.
const MAX_HEAD: u64 = 16 * 1024;

/// The target of a GET, or why there is none.
#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    /// The path that is asked for, with its query.
    Get(String),
    /// A well-formed request for something else than a page.
    Other,
    /// No request: cut off, too long, or not HTTP.
    Bad,
}

/// A reply and its body.
pub struct Reply {
    /// For example `200 OK`.
    pub status: &'static str,
    /// The content type.
    pub kind: &'static str,
    /// What is sent.
    pub body: Vec<u8>,
}

/// Reads the one request of a connection and sends what `reply` makes of it.
pub fn serve(mut stream: TcpStream, reply: impl FnOnce(Request) -> Reply) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let Reply { status, kind, body } = reply(read(&stream)?);
    // `no-store`: a browser must not show the rendering before last.
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)
}

/// Reads to the blank line that ends the head. A GET has no body.
fn read(stream: impl Read) -> io::Result<Request> {
    let mut head = BufReader::new(stream.take(MAX_HEAD));
    let mut first = String::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        head.read_until(b'\n', &mut line)?;
        match line.as_slice() {
            b"\r\n" | b"\n" => break,
            _ if line.ends_with(b"\n") => {}
            _ => return Ok(Request::Bad),
        }
        if first.is_empty() {
            first = String::from_utf8_lossy(&line).into_owned();
        }
    }
    Ok(match first.split_whitespace().collect::<Vec<_>>().as_slice() {
        ["GET", target, version] if version.starts_with("HTTP/1.") => Request::Get(target.to_string()),
        [_, _, version] if version.starts_with("HTTP/1.") => Request::Other,
        _ => Request::Bad,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Request {
        read(text.as_bytes()).expect("a slice does not fail")
    }

    #[test]
    fn a_get_is_read_to_its_blank_line() {
        assert_eq!(read_all("GET /a.html?b HTTP/1.1\r\nHost: x\r\n\r\n"), Request::Get("/a.html?b".into()));
        assert_eq!(read_all("POST / HTTP/1.1\r\n\r\n"), Request::Other);
    }

    #[test]
    fn half_a_request_endless_headers_and_rubbish_are_bad() {
        assert_eq!(read_all("GET / HTTP/1.1\r\nHost: x\r\n"), Request::Bad);
        assert_eq!(read_all("\u{1}\u{2}\r\n\r\n"), Request::Bad);
        assert_eq!(read_all("\r\n"), Request::Bad);
        let endless = format!("GET / HTTP/1.1\r\nA: {}\r\n\r\n", "a".repeat(MAX_HEAD as usize));
        assert_eq!(read_all(&endless), Request::Bad);
    }
}
