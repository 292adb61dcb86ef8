//! 01-06 An epoll server.
//!
//! One thread, many connections, and no question asked in vain: the kernel says who is ready.
//!
//! ```text
//!              add, change: "watch this socket for me, under this token"
//!   ┌───────────┐ ───────────────────────────────────────▶ ┌────────┐ ◀── listener    token 0
//!   │ your loop │                                          │ Poller │ ◀── connection  token 1
//!   └───────────┘ ◀─────────────────────────────────────── └────────┘ ◀── connection  token 2
//!              wait: "these tokens are ready"
//! ```
//!
//! A connection is a state machine like the one of exercise 01-05; here chapter 1's own is used. The loop
//! has no clock. Chapter 1's `server/epoll.rs` has one, for two things: an end for peers that are silent for
//! too long, and a pause from a listener whose callers cannot be accepted.
#![cfg(target_os = "linux")]
#![forbid(unsafe_code)]

use std::collections::HashMap;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Instant;

use ch01_raw_tcp::server::{Connection, Status, Wants};
use ch01_raw_tcp::{Code, Limits, Reply, Service};
use nix::errno::Errno;
use nix::sys::epoll::{Epoll, EpollCreateFlags, EpollEvent, EpollFlags, EpollTimeout};

/// The token of the listener. Connections get the numbers above it.
pub const LISTENER: u64 = 0;

/// Events taken from the kernel at once: 64. The rest is handed out by the next wait.
const EVENTS: usize = 64;

/// Where callers come from: a `TcpListener`, or in the spec one whose `accept` can fail.
pub trait Listener: AsFd {
    /// With `true`, `accept` does not wait: when nobody is there it fails with `WouldBlock`.
    ///
    /// # Errors
    /// What the operating system said.
    fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()>;

    /// Takes the next caller.
    ///
    /// # Errors
    /// `WouldBlock` when nobody is there; others when the caller has given up in the queue, or when the
    /// process has no file handle left.
    fn accept(&self) -> io::Result<(TcpStream, SocketAddr)>;
}

impl Listener for TcpListener {
    fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {
        self.set_nonblocking(nonblocking)
    }

    fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        self.accept()
    }
}

/// Whoever watches sockets for us. There is no `remove`: a socket leaves the epoll when its last handle is
/// closed. Mind the "last": with a duplicate (`try_clone`) still open somewhere, it would stay, and its
/// events would come for ever under a token that you have forgotten.
pub trait Poller {
    /// Begins to watch `source`. Its events will carry `token`.
    ///
    /// # Errors
    /// When the kernel will not watch it: its own limit is reached.
    fn add(&mut self, source: BorrowedFd<'_>, token: u64, wants: Wants) -> io::Result<()>;

    /// Watches `source`, which was added before, for something else from now on.
    ///
    /// # Errors
    /// What the operating system said.
    fn change(&mut self, source: BorrowedFd<'_>, token: u64, wants: Wants) -> io::Result<()>;

    /// Waits until something is ready, and gives the tokens of all that is. They come again with every
    /// call, as long as the cause is there ("level-triggered").
    ///
    /// # Errors
    /// What the operating system said. A signal is none: it gives no tokens.
    fn wait(&mut self) -> io::Result<Vec<u64>>;
}

/// The three system calls of epoll.
#[derive(Debug)]
pub struct EpollPoller(Epoll);

impl EpollPoller {
    /// An epoll that watches nothing yet.
    ///
    /// # Errors
    /// When the process has no file handle left.
    pub fn new() -> io::Result<Self> {
        Ok(Self(Epoll::new(EpollCreateFlags::EPOLL_CLOEXEC)?))
    }
}

impl Poller for EpollPoller {
    fn add(&mut self, source: BorrowedFd<'_>, token: u64, wants: Wants) -> io::Result<()> {
        Ok(self.0.add(source, EpollEvent::new(interest(wants), token))?)
    }

    fn change(&mut self, source: BorrowedFd<'_>, token: u64, wants: Wants) -> io::Result<()> {
        Ok(self.0.modify(source, &mut EpollEvent::new(interest(wants), token))?)
    }

    fn wait(&mut self) -> io::Result<Vec<u64>> {
        let mut events = [EpollEvent::empty(); EVENTS];
        match self.0.wait(&mut events, EpollTimeout::NONE) {
            Ok(count) => Ok(events[..count].iter().map(EpollEvent::data).collect()),
            Err(Errno::EINTR) => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }
}

/// What a connection wants, in epoll's words. An error and a hang-up are reported unasked.
fn interest(wants: Wants) -> EpollFlags {
    // YOUR CODE interest: EPOLLIN for bytes, EPOLLOUT for room; each only when it is wanted.
    let mut flags = EpollFlags::empty();
    flags.set(EpollFlags::EPOLLIN, wants.read);
    flags.set(EpollFlags::EPOLLOUT, wants.write);
    flags
    // END YOUR CODE
}

/// Serves `service` to everyone who connects to `listener`, at most `limits.max_connections` at once.
///
/// # Errors
/// It ends only with an error: when the listener cannot be watched, or when `wait` fails.
pub fn serve(
    listener: &impl Listener,
    service: &dyn Service,
    limits: &Limits,
    poller: &mut impl Poller,
) -> io::Result<()> {
    let connections = HashMap::new();
    Server { listener, service, limits, poller, connections, next_token: LISTENER + 1 }.run()
}

struct Server<'a, L, P> {
    listener: &'a L,
    service: &'a dyn Service,
    limits: &'a Limits,
    poller: &'a mut P,
    connections: HashMap<u64, Watched>,
    /// 64 bits, counted up: no token is used twice, so a late event cannot meet a stranger.
    next_token: u64,
}

/// A connection, and what the poller was last told to watch it for.
struct Watched {
    connection: Connection<TcpStream>,
    wants: Wants,
}

impl<L: Listener, P: Poller> Server<'_, L, P> {
    /// Has the listener watched, then waits and serves, again and again.
    fn run(mut self) -> io::Result<()> {
        // YOUR CODE run: make the listener non-blocking, add it; then for ever: wait, and serve each token.
        self.listener.set_nonblocking(true)?;
        self.poller.add(self.listener.as_fd(), LISTENER, Wants { read: true, write: false })?;
        loop {
            for token in self.poller.wait()? {
                match token {
                    LISTENER => self.accept_all(),
                    connection => self.turn(connection),
                }
            }
        }
        // END YOUR CODE
    }

    /// Takes everyone who waits in the listener's queue, until `accept` fails. Who is above the limit is
    /// [refused](refuse).
    fn accept_all(&mut self) {
        // YOUR CODE accept_all: until `accept` has nobody left: refuse, or make a connection and add it.
        // Nobody left, or `accept` failed: if somebody still waits, the next `wait` says so again.
        while let Ok((stream, _)) = self.listener.accept() {
            if self.connections.len() >= self.limits.max_connections {
                refuse(stream);
                continue;
            }
            if stream.set_nonblocking(true).is_err() {
                continue; // the peer has gone already
            }
            let connection = Connection::new(stream, self.limits, Instant::now());
            let (token, wants) = (self.next_token, connection.wants());
            self.next_token += 1;
            if self.poller.add(connection.stream().as_fd(), token, wants).is_ok() {
                self.connections.insert(token, Watched { connection, wants });
            }
        }
        // END YOUR CODE
    }

    /// Gives a connection its turn, and afterwards either watches it for what it wants now, or forgets it.
    fn turn(&mut self, token: u64) {
        // YOUR CODE turn: a turn; then `change` if it wants something new, or remove it if it has finished.
        let Some(Watched { connection, wants }) = self.connections.get_mut(&token) else {
            return; // an event may be older than the end of its connection
        };
        let mut open = connection.turn(self.service, Instant::now()) == Status::Open;
        if open && connection.wants() != *wants {
            *wants = connection.wants();
            open = self.poller.change(connection.stream().as_fd(), token, *wants).is_ok();
        }
        if !open {
            self.connections.remove(&token); // dropping it closes its socket
        }
        // END YOUR CODE
    }
}

/// Says `error busy` and closes: a caller that is refused at once can go elsewhere, one that waits cannot.
fn refuse(mut stream: TcpStream) {
    let mut line =
        Reply::Error(Code::Busy, "no room for another connection, try again later".into()).to_line();
    line.push(b'\n');
    // A line fits into the send buffer of a new connection, so this does not wait. If the caller has
    // already gone, there is nobody to tell.
    let _ = stream.write_all(&line);
}
