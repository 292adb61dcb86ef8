//! A poller that writes down what your loop asks of it.

use std::fmt;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use ch01_raw_tcp::server::Wants;
use epoll_server::{EpollPoller, Poller};
use nix::fcntl::{FcntlArg, OFlag, fcntl};
use spec_kit::LIMIT;

/// By this text the spec knows its own error again.
pub const STOPPED: &str = "the spec has stopped the server";
/// Beside the learner's tokens: the socket by which the spec ends a wait.
const STOP: u64 = u64::MAX;
/// More waits than any test here needs, the one with the slow reader included. A loop that spins is there
/// within a moment.
pub const MOST_WAITS: usize = 2_000;
/// After the spec has stopped the server, `wait` fails. Who asks again so often will never end.
const MOST_ERRORS: usize = 10;

/// One thing that happened, in the server's thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    Add(u64, Wants),
    Change(u64, Wants),
    Wait,
    Ready(Vec<u64>),
    /// The service was asked this.
    Asked(String),
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = |wants: &Wants| match (wants.read, wants.write) {
            (true, false) => "bytes",
            (false, true) => "room",
            (true, true) => "bytes and room",
            (false, false) => "nothing",
        };
        match self {
            Self::Add(token, wants) => write!(f, "add     token {token}, wants {}", words(wants)),
            Self::Change(token, wants) => write!(f, "change  token {token}, wants {}", words(wants)),
            Self::Wait => write!(f, "wait"),
            Self::Ready(tokens) => write!(f, "        ready: {tokens:?}"),
            Self::Asked(request) => write!(f, "        the service is asked {request:?}"),
        }
    }
}

#[derive(Debug, Default)]
pub struct Story {
    pub calls: Vec<Call>,
    /// What was added although its `read` and `write` would wait.
    pub blocking: Option<&'static str>,
    pub spins: bool,
    /// How the server's thread ended; the text of its panic if it died.
    pub end: Option<Result<io::Result<()>, String>>,
}

/// The story so far, and a bell that rings when it goes on.
#[derive(Debug, Default)]
pub struct Log {
    story: Mutex<Story>,
    bell: Condvar,
}

impl Log {
    pub fn read(&self) -> MutexGuard<'_, Story> {
        self.story.lock().expect("no one panics while writing the log")
    }

    pub fn note<T>(&self, write: impl FnOnce(&mut Story) -> T) -> T {
        let result = write(&mut self.read());
        self.bell.notify_all();
        result
    }

    /// Waits until `happened`, or until the server has ended. Whether it happened.
    pub fn until(&self, happened: impl Fn(&Story) -> bool) -> bool {
        let waiting = |story: &mut Story| !happened(story) && story.end.is_none();
        let (story, _) = self
            .bell
            .wait_timeout_while(self.read(), LIMIT / 2, waiting)
            .expect("no one panics while writing the log");
        happened(&story)
    }
}

/// What the recorder is to do wrong.
#[derive(Debug, Default, Clone, Copy)]
pub struct Faults {
    /// `add` fails for this token.
    pub add: Option<u64>,
    /// `change` fails for this token.
    pub change: Option<u64>,
    /// Every event comes twice.
    pub twice: bool,
}

pub struct Recorder {
    real: EpollPoller,
    log: Arc<Log>,
    faults: Faults,
    waits: usize,
    errors: usize,
    /// Kept open: closing it would be an event.
    _stop: UnixStream,
}

impl Recorder {
    pub fn new(log: Arc<Log>, faults: Faults, stop: UnixStream) -> io::Result<Self> {
        let mut real = EpollPoller::new()?;
        real.add(stop.as_fd(), STOP, Wants { read: true, write: false })?;
        Ok(Self { real, log, faults, waits: 0, errors: 0, _stop: stop })
    }

    fn fail<T>(&mut self) -> io::Result<T> {
        self.errors += 1;
        assert!(self.errors <= MOST_ERRORS, "`wait` has failed {MOST_ERRORS} times, and you wait again");
        Err(io::Error::other(STOPPED))
    }
}

impl Poller for Recorder {
    fn add(&mut self, source: BorrowedFd<'_>, token: u64, wants: Wants) -> io::Result<()> {
        let flags = OFlag::from_bits_retain(fcntl(source, FcntlArg::F_GETFL)?);
        self.log.note(|story| {
            story.calls.push(Call::Add(token, wants));
            if !flags.contains(OFlag::O_NONBLOCK) {
                story.blocking =
                    Some(if token == epoll_server::LISTENER { "the listener" } else { "a connection" });
                // Going on would hang in `accept` or `read`.
                return Err(io::Error::other("the socket blocks"));
            }
            Ok(())
        })?;
        if self.faults.add == Some(token) {
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        self.real.add(source, token, wants)
    }

    fn change(&mut self, source: BorrowedFd<'_>, token: u64, wants: Wants) -> io::Result<()> {
        self.log.note(|story| story.calls.push(Call::Change(token, wants)));
        if self.faults.change == Some(token) {
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        self.real.change(source, token, wants)
    }

    fn wait(&mut self) -> io::Result<Vec<u64>> {
        self.waits += 1;
        self.log.note(|story| story.calls.push(Call::Wait));
        if self.waits > MOST_WAITS {
            self.log.note(|story| story.spins = true);
            return self.fail();
        }
        let mut ready = self.real.wait()?;
        if ready.contains(&STOP) {
            return self.fail();
        }
        if self.faults.twice {
            ready.extend(ready.clone());
        }
        self.log.note(|story| story.calls.push(Call::Ready(ready.clone())));
        Ok(ready)
    }
}
