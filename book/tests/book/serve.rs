//! The server: a real process on a port that the system chose.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::Fixture;

/// A hang ends the test with a message; no test passes or fails by being slow.
const LIMIT: Duration = Duration::from_secs(60);

/// Ends the server with the test, passed or not.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(book: &Fixture, arguments: &[&str]) -> (Running, String, Receiver<String>) {
    let mut command = book.command(arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the server starts");
    let out = lines(child.stdout.take().expect("its output"));
    let err = lines(child.stderr.take().expect("its messages"));
    let running = Running(child);
    let url = out.recv_timeout(LIMIT).expect("the server prints its address");
    (running, url, err)
}

fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|it| send.send(it))
    });
    receive
}

fn wait_for(lines: &Receiver<String>, text: &str) {
    while !lines
        .recv_timeout(LIMIT)
        .unwrap_or_else(|_| panic!("the server never said {text:?}"))
        .contains(text)
    {}
}

fn get(url: &str, path: &str) -> String {
    let address = url.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(address).expect("the server answers");
    stream.set_read_timeout(Some(LIMIT)).expect("a limit");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
        .expect("the request");
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).expect("the reply");
    String::from_utf8_lossy(&reply).into_owned()
}

#[test]
fn pages_are_served_on_loopback_and_nothing_else_is() {
    let book = Fixture::new();
    let (_running, url, _) = start(&book, &["serve", "--once", "--port", "0"]);
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    let page = get(&url, "/ch01/one.html");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("<h1 id=\"one\">"), "{page}");
    assert!(page.contains("text/html; charset=utf-8"), "{page}");
    for path in ["/none.html", "/../book.toml", "/%2e%2e/book.toml"] {
        assert!(get(&url, path).starts_with("HTTP/1.1 404"), "{path}");
    }
}

#[test]
fn silent_connections_do_not_keep_a_reader_waiting() {
    let book = Fixture::new();
    let (_running, url, _) = start(&book, &["serve", "--once", "--port", "0"]);
    let address = url.trim_start_matches("http://").trim_end_matches('/');
    // A browser opens connections in advance; here are more than it would, and none of them says a word.
    let _silent: Vec<_> = (0..20).map(|_| TcpStream::connect(address).expect("a connection")).collect();
    assert!(get(&url, "/ch01/one.html").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_saved_page_is_rendered_again() {
    let book = Fixture::new();
    let (_running, url, messages) = start(&book, &["serve", "--port", "0"]);
    wait_for(&messages, "watching for changes");
    let before = get(&url, "/__version");
    book.edit("book/text/ch01/one.md", "# One", "# Another");
    wait_for(&messages, "rendered");
    assert_ne!(get(&url, "/__version"), before);
    assert!(get(&url, "/ch01/one.html").contains("Another"));
}
