//! Model 5: one thread that asks the kernel who is ready.

use std::collections::HashMap;
use std::io;
use std::net::TcpListener;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::epoll::{Epoll, EpollCreateFlags, EpollEvent, EpollFlags, EpollTimeout};

use super::{Connection, Context, Status, Wants, accept};
use crate::meter::{Metered, Syscall};

/// Tokens tell events apart; connections count up from here.
const LISTENER: u64 = 0;
const STOP: u64 = 1;
const FIRST_CONNECTION: u64 = 2;

/// What we want to hear of the listener: that somebody is at the door.
const LISTENING: Wants = Wants { read: true, write: false };

/// Events taken from the kernel at once: 64. More would only make a turn longer; the rest is handed out
/// by the next wait.
const EVENTS: usize = 64;

/// How often deadlines are looked at: every second, coarse against limits of 10 s and 60 s. Looking means
/// visiting every connection; chapter 7 builds the structure that visits only those that are due.
const SWEEP: Duration = Duration::from_secs(1);

// ANCHOR: run
pub(super) fn run(listener: &TcpListener, context: &Context) -> io::Result<()> {
    let mut poller = Poller { epoll: Epoll::new(EpollCreateFlags::EPOLL_CLOEXEC)?, context };
    poller.add(listener, LISTENER)?;
    poller.add(context.stop.wake(), STOP)?;
    let mut connections = HashMap::new();
    let mut next_token = FIRST_CONNECTION;
    let mut events = [EpollEvent::empty(); EVENTS];
    let mut next_sweep = Instant::now() + SWEEP;
    let mut deaf = false; // to the listener, while nobody can be accepted
    while !context.stop.is_raised() {
        let count = poller.wait(&mut events, next_sweep)?;
        for event in &events[..count] {
            match event.data() {
                STOP => return Ok(()),
                LISTENER => deaf = welcome(listener, &mut poller, &mut connections, &mut next_token)?,
                token => serve(token, &mut poller, &mut connections),
            }
        }
        let now = Instant::now();
        if now >= next_sweep {
            next_sweep = now + SWEEP;
            if std::mem::take(&mut deaf) {
                poller.change(listener, LISTENER, LISTENING)?;
            }
            connections.retain(|_, (connection, _)| connection.tick(now) == Status::Open);
        }
    }
    Ok(())
}
// ANCHOR_END: run

type Connections = HashMap<u64, (Connection<Metered>, Wants)>;

fn welcome(
    listener: &TcpListener,
    poller: &mut Poller<'_>,
    connections: &mut Connections,
    next_token: &mut u64,
) -> io::Result<bool> {
    let (accepted, trouble) = accept::all(listener, poller.context, connections.len());
    for connection in accepted {
        let token = *next_token;
        *next_token += 1; // 64 bits: never used twice, so a late event cannot meet a stranger
        // If the kernel will not watch it (its own limits), the peer sees a close.
        if poller.add(connection.stream().socket(), token).is_ok() {
            let wants = connection.wants();
            connections.insert(token, (connection, wants));
        }
    }
    if trouble {
        // Still at the door, and nothing to be done: not to hear of it until the next sweep is the rest.
        poller.change(listener, LISTENER, Wants { read: false, write: false })?;
    }
    Ok(trouble)
}

// ANCHOR: serve
fn serve(token: u64, poller: &mut Poller<'_>, connections: &mut Connections) {
    // An event may be older than the end of its connection.
    let Some((connection, watched)) = connections.get_mut(&token) else { return };
    // The time is taken anew for each: the turns before may have taken long.
    let mut open = connection.turn(&*poller.context.service, Instant::now()) == Status::Open;
    let wants = connection.wants();
    if open && wants != *watched {
        open = poller.change(connection.stream().socket(), token, wants).is_ok();
        *watched = wants;
    }
    if !open {
        // Dropping it closes its socket, and a socket leaves the epoll with its last handle. (A duplicate
        // would keep it there, and its events would come for ever.)
        connections.remove(&token);
    }
}
// ANCHOR_END: serve

/// The three system calls of epoll, counted. Level-triggered: an event comes back as long as its cause is
/// there, so nothing is lost when a connection's turn ends early.
struct Poller<'a> {
    epoll: Epoll,
    context: &'a Context,
}

impl Poller<'_> {
    // ANCHOR: poller
    fn add(&mut self, source: impl AsFd, token: u64) -> io::Result<()> {
        self.context.meter.count(Syscall::EpollCtl);
        Ok(self.epoll.add(source, EpollEvent::new(EpollFlags::EPOLLIN, token))?)
    }

    fn change(&mut self, source: impl AsFd, token: u64, wants: Wants) -> io::Result<()> {
        self.context.meter.count(Syscall::EpollCtl);
        let mut flags = EpollFlags::empty();
        flags.set(EpollFlags::EPOLLIN, wants.read);
        flags.set(EpollFlags::EPOLLOUT, wants.write);
        Ok(self.epoll.modify(source, &mut EpollEvent::new(flags, token))?)
    }
    // ANCHOR_END: poller

    /// Waits for events, at most until `until`.
    fn wait(&mut self, events: &mut [EpollEvent], until: Instant) -> io::Result<usize> {
        self.context.meter.count(Syscall::EpollWait);
        // Rounded up: a wait that ends a moment early would be repeated with 0 ms until the moment comes.
        let left = until.saturating_duration_since(Instant::now()).as_millis() + 1;
        let timeout = EpollTimeout::try_from(left).unwrap_or(EpollTimeout::MAX);
        match self.epoll.wait(events, timeout) {
            Ok(count) => Ok(count),
            Err(Errno::EINTR) => Ok(0),
            Err(error) => Err(error.into()),
        }
    }
}
