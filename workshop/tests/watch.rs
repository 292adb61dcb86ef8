//! The watch view in a pseudo-terminal: keys and saves in, screen out.
#![cfg(unix)]

#[allow(dead_code, reason = "not every test program uses all of it")]
mod fixture;

use std::io::{Read as _, Write as _};
use std::num::NonZero;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use fixture::Fixture;
use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};

/// Only a bound, so that a view that never answers fails this test instead of hanging it.
const LIMIT: Duration = Duration::from_secs(100);

const FIRST: &str = "exercises/ch01/01-first/src/lib.rs";

/// The view and the terminal that it runs in.
struct Terminal {
    pty: Arc<Pty>,
    child: std::process::Child,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
}

impl Terminal {
    fn open(fixture: &Fixture, variables: &[(&str, &str)]) -> Self {
        let (pty, pts) = open().expect("a pseudo-terminal");
        pty.resize(Size::new(24, 80)).expect("a size");
        let child = Command::new(env!("CARGO_BIN_EXE_workshop"))
            .current_dir(&fixture.root)
            .env("WORKSHOP_ROOT", &fixture.root)
            .env("TERM", "xterm-256color")
            .env_remove("NO_COLOR")
            .env_remove("CARGO_TARGET_DIR")
            .envs(variables.iter().copied())
            .spawn(pts)
            .expect("the runner starts");
        let pty = Arc::new(pty);
        let (tell, output) = channel();
        let reader = Arc::clone(&pty);
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            // The read fails when the last program has left the terminal.
            while let Ok(count) = (&*reader).read(&mut chunk) {
                if count == 0 || tell.send(chunk[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { pty, child, output, screen: vt100::Parser::default() }
    }

    /// Gives the window another size.
    fn resize(&mut self, rows: NonZero<u16>, columns: NonZero<u16>) {
        self.screen.screen_mut().set_size(rows, columns);
        self.pty.resize(Size::new(rows.get(), columns.get())).expect("a size");
    }

    fn press(&self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).expect("a key can be pressed");
    }

    fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until the screen shows all of `parts`.
    fn shows(&mut self, parts: &[&str]) {
        let end = Instant::now() + LIMIT;
        while !parts.iter().all(|part| self.text().contains(part)) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(error) => panic!("{error}: the screen never showed {parts:?}:\n{}", self.text()),
            }
        }
    }

    /// Waits for the end, and checks that the terminal is as it was: the reader's own screen, with a cursor.
    fn ends_with(mut self, code: i32) {
        while let Ok(bytes) = self.output.recv_timeout(LIMIT) {
            self.screen.process(&bytes);
        }
        assert_eq!(self.child.wait().expect("it ends").code(), Some(code));
        assert!(!self.screen.screen().alternate_screen(), "the view is still on the screen");
        assert!(!self.screen.screen().hide_cursor(), "the cursor is still hidden");
    }
}

impl Drop for Terminal {
    /// A test that fails leaves no view behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn workshop(name: &str) -> Fixture {
    let fixture = Fixture::new(name);
    fixture.exercise("01", "first");
    fixture.exercise("02", "second");
    assert!(fixture.run(&["generate"]).status.success());
    fixture
}

/// As many editors save: a new file is written beside, then renamed over the old one.
fn save(fixture: &Fixture, text: &str) {
    fixture.write("exercises/ch01/01-first/src/.lib.rs.swp", "not Rust");
    let beside = "exercises/ch01/01-first/src/lib.rs~new";
    fixture.write(beside, text);
    std::fs::rename(fixture.root.join(beside), fixture.root.join(FIRST)).expect("a rename");
}

#[test]
fn from_red_to_green_and_on_to_the_next() {
    let fixture = workshop("watch-story");
    let mut terminal = Terminal::open(&fixture, &[]);
    terminal.shows(&["0 of 2 done", "01-01 first", FIRST, "A page", "hole `double` is still open"]);

    terminal.press("h");
    terminal.shows(&["Hint 1 of 3", "Once."]);
    assert!(!terminal.text().contains("Twice."), "a hint too much:\n{}", terminal.text());

    terminal.press("s");
    terminal.shows(&["not green yet"]);

    save(&fixture, "/// Twice.\npub fn double(number: u32) -> u32 {\n    number * number\n}\n");
    terminal.shows(&["1 of 2 tests pass", "twice three is six"]);

    save(&fixture, "pub fn double(number: u32) -> u32 {\n    nmber\n}\n");
    terminal.shows(&["does not compile yet", "E0425"]);

    save(&fixture, "pub fn double(number: u32) -> u32 {\n    number * 2\n}\n");
    terminal.shows(&["all 2 tests pass", "press n for the next", "1 of 2 done"]);

    terminal.press("s");
    terminal.shows(&["from yours to the solution", "-    number * 2", "let first = number"]);

    terminal.press("l");
    terminal.shows(&["▸ done", "todo        01-02 second"]);
    terminal.press("l");

    terminal.press("n");
    terminal.shows(&["02-second/src/lib.rs", "0 of 2 tests pass"]);

    terminal.press("r");
    terminal.shows(&["what cargo and the tests printed", "running 2 tests"]);
    terminal.press("?");
    terminal.shows(&["check all", "the page in the book"]);

    // A small window, and back: every line still fits.
    terminal.resize(const { NonZero::new(9).unwrap() }, const { NonZero::new(40).unwrap() });
    terminal.shows(&["01-02 second", "open  exercises/ch01/02-second", "lines more"]);
    terminal.press("\x1b");
    terminal.shows(&["✗ 01-02 second"]);

    terminal.press("q");
    terminal.ends_with(0);
    assert!(fixture.read(".workshop/progress.json").contains("\"chosen\": \"01-02\""));
}

/// The spec's own limit is longer than this test's patience: only the newer save can end the loop.
#[test]
fn a_newer_save_ends_a_check_that_hangs() {
    let fixture = workshop("watch-newer");
    let mut terminal = Terminal::open(&fixture, &[]);
    terminal.shows(&["0 of 2 tests pass"]);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    let port = listener.local_addr().expect("an address").port();
    save(
        &fixture,
        &format!(
            "pub fn double(_: u32) -> u32 {{\n    let _peer = std::net::TcpStream::connect((\"127.0.0.1\", {port}));\n    \
             loop {{\n        std::thread::park();\n    }}\n}}\n"
        ),
    );
    let (tell, told) = channel();
    thread::spawn(move || tell.send(listener.accept().is_ok()));
    assert_eq!(told.recv_timeout(LIMIT), Ok(true), "the loop runs");
    save(&fixture, "pub fn double(number: u32) -> u32 {\n    number * 2\n}\n");
    terminal.shows(&["all 2 tests pass"]);
    terminal.press("q");
    terminal.ends_with(0);
}

#[test]
fn where_events_do_not_work_it_looks_once_a_second_and_says_so() {
    let fixture = workshop("watch-poll");
    let mut terminal = Terminal::open(&fixture, &[("WORKSHOP_POLL", "1")]);
    terminal.shows(&["looking once a second", "0 of 2 tests pass"]);
    save(&fixture, "pub fn double(number: u32) -> u32 {\n    number * 2\n}\n");
    terminal.shows(&["all 2 tests pass"]);
    terminal.press("\x03");
    terminal.ends_with(0);
}

#[test]
fn a_signal_gives_the_terminal_back() {
    let fixture = workshop("watch-signal");
    let mut terminal = Terminal::open(&fixture, &[]);
    terminal.shows(&["01-01 first"]);
    let pid = nix::unistd::Pid::from_raw(i32::try_from(terminal.child.id()).expect("a process id"));
    nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGTERM).expect("a signal can be sent");
    terminal.ends_with(0);
}
