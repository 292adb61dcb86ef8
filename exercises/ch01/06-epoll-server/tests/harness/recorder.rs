//! A listener and a poller that write down what your loop asks of them.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use ch01_raw_tcp::server::Wants;
use epoll_server::{EpollPoller, Listener, Poller};
use nix::errno::Errno;
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
pub const MOST_ERRORS: usize = 10;
/// More failed accepts between two waits than any answer needs: 16. The first one should be the last.
pub const MOST_FAILED_ACCEPTS: usize = 16;

/// One thing that happened, in the server's thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    Add(u64, Wants),
    Change(u64, Wants),
    /// What `accept` gave: a caller, or the text of its error.
    Accept(Result<(), String>),
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
            Self::Accept(Ok(())) => write!(f, "accept  a caller"),
            Self::Accept(Err(error)) => write!(f, "accept  fails: {error}"),
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
    /// `accept` failed [`MOST_FAILED_ACCEPTS`] times, and no `wait` came in between.
    pub accepts_on: bool,
    /// `wait` failed [`MOST_ERRORS`] times.
    pub waits_on: bool,
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
    /// The first `accept` fails with this.
    pub accept: Option<Errno>,
    /// Whatever `add` asks for this token, nothing is ever reported for it.
    pub mute: Option<u64>,
}

/// Ends the server's thread. Without a word: the spec says what was wrong, and says it once.
fn break_off(text: String) -> ! {
    std::panic::resume_unwind(Box::new(text))
}

/// A listener that counts, and fails when it is told to.
pub struct Door {
    real: TcpListener,
    log: Arc<Log>,
    fault: Option<Errno>,
    faulty: AtomicBool,
}

impl Door {
    pub fn new(real: TcpListener, log: Arc<Log>, fault: Option<Errno>) -> Self {
        Self { real, log, fault, faulty: AtomicBool::new(true) }
    }
}

impl AsFd for Door {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.real.as_fd()
    }
}

impl Listener for Door {
    fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {
        Listener::set_nonblocking(&self.real, nonblocking)
    }

    fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        let result = match self.fault {
            Some(errno) if self.faulty.swap(false, Ordering::Relaxed) => Err(errno.into()),
            _ => Listener::accept(&self.real),
        };
        let noted = result.as_ref().map(drop).map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => "WouldBlock".to_owned(),
            _ => error.to_string(),
        });
        let failed = self.log.note(|story| {
            story.calls.push(Call::Accept(noted));
            let round = story.calls.iter().rev().take_while(|call| **call != Call::Wait);
            let failed = round.filter(|call| matches!(call, Call::Accept(Err(_)))).count();
            story.accepts_on |= failed > MOST_FAILED_ACCEPTS;
            failed
        });
        if failed > MOST_FAILED_ACCEPTS {
            break_off(format!("`accept` has failed {failed} times, and you go on"));
        }
        result
    }
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
        if self.errors > MOST_ERRORS {
            self.log.note(|story| story.waits_on = true);
            break_off(format!("`wait` has failed {MOST_ERRORS} times, and you wait again"));
        }
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
        let nothing = Wants { read: false, write: false };
        self.real.add(source, token, if self.faults.mute == Some(token) { nothing } else { wants })
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
