//! Counting what a server asks of the kernel.
//!
//! Every call that moves bytes, opens a connection or waits for one goes through [`Metered`] or [`Meter`], so
//! the numbers that the demo prints are counted, not estimated. A witness agrees: `tests/demo.rs` runs the
//! demo under `strace`. (Making a socket, setting its options and closing it are not counted.)

use std::io::{self, IoSlice, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

/// The system calls that matter in this chapter, by the name under which `strace` shows them on Linux.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syscall {
    /// Taking a new connection from the listener: `accept4`.
    Accept,
    /// Opening a connection: `connect`.
    Connect,
    /// Reading from a socket: `recvfrom`.
    Receive,
    /// Writing to a socket: `sendto`.
    Send,
    /// Writing several pieces to a socket at once: `writev`. From chapter 2 on.
    SendPieces,
    /// Waiting for readiness: `epoll_wait`.
    EpollWait,
    /// Telling epoll what to watch: `epoll_ctl`.
    EpollCtl,
    /// Sleeping between two rounds of polling: `clock_nanosleep`.
    Sleep,
}

impl Syscall {
    /// Every kind, in the order of the tables.
    pub const ALL: [Self; 8] = [
        Self::Accept,
        Self::Connect,
        Self::Receive,
        Self::Send,
        Self::SendPieces,
        Self::EpollWait,
        Self::EpollCtl,
        Self::Sleep,
    ];

    /// The name that `strace` prints on x86-64.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept4",
            Self::Connect => "connect",
            Self::Receive => "recvfrom",
            Self::Send => "sendto",
            Self::SendPieces => "writev",
            Self::EpollWait => "epoll_wait",
            Self::EpollCtl => "epoll_ctl",
            Self::Sleep => "clock_nanosleep",
        }
    }
}

/// What was counted at one moment. Subtract two of them to bracket a piece of work.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts([u64; Syscall::ALL.len()]);

impl Counts {
    /// How often `call` was made.
    pub fn of(&self, call: Syscall) -> u64 {
        self.0[call as usize]
    }

    /// All of them together.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// What came on top of `earlier`.
    pub fn since(&self, earlier: &Self) -> Self {
        Self(std::array::from_fn(|index| self.0[index] - earlier.0[index]))
    }
}

/// Everything this process ever counted, over all meters: what `strace -c -f` sees.
static WHOLE_PROCESS: [AtomicU64; Syscall::ALL.len()] = [const { AtomicU64::new(0) }; Syscall::ALL.len()];

/// Counts system calls, calls that came back empty-handed, and threads. Share it in an [`Arc`].
///
/// One relaxed addition a call: some nanoseconds beside a system call's hundreds.
#[derive(Debug, Default)]
pub struct Meter {
    calls: [AtomicU64; Syscall::ALL.len()],
    fruitless: AtomicU64,
    threads: AtomicUsize,
    peak_threads: AtomicUsize,
    refused: AtomicU64,
}

impl Meter {
    /// Adds one `call`.
    pub fn count(&self, call: Syscall) {
        self.calls[call as usize].fetch_add(1, Relaxed);
        WHOLE_PROCESS[call as usize].fetch_add(1, Relaxed);
    }

    /// The system calls so far.
    pub fn counts(&self) -> Counts {
        Counts(std::array::from_fn(|index| self.calls[index].load(Relaxed)))
    }

    /// The system calls of all meters of this process so far.
    pub fn whole_process() -> Counts {
        Counts(std::array::from_fn(|index| WHOLE_PROCESS[index].load(Relaxed)))
    }

    /// How many calls were answered with "would block": asked in vain.
    pub fn fruitless(&self) -> u64 {
        self.fruitless.load(Relaxed)
    }

    /// How many calls brought something.
    pub fn fruitful(&self) -> u64 {
        // In this order: a call is counted before it can turn out to be fruitless.
        let fruitless = self.fruitless();
        self.counts().total() - fruitless
    }

    /// How many connections were refused with `error busy`.
    pub fn refused(&self) -> u64 {
        self.refused.load(Relaxed)
    }

    /// Counts a refused connection.
    pub fn count_refused(&self) {
        self.refused.fetch_add(1, Relaxed);
    }

    /// The largest number of threads that worked for this server at the same time.
    pub fn peak_threads(&self) -> usize {
        self.peak_threads.load(Relaxed)
    }

    /// Counts the current thread until the guard is dropped.
    pub fn thread(self: &Arc<Self>) -> ThreadGuard {
        let now = self.threads.fetch_add(1, Relaxed) + 1;
        self.peak_threads.fetch_max(now, Relaxed);
        ThreadGuard(Arc::clone(self))
    }

    /// Accepts a connection, counted.
    ///
    /// # Errors
    /// Those of [`TcpListener::accept`].
    pub fn accept(self: &Arc<Self>, listener: &TcpListener) -> io::Result<Metered> {
        self.count(Syscall::Accept);
        let (stream, _) = self.note_result(listener.accept())?;
        Ok(Metered { stream, meter: Arc::clone(self) })
    }

    /// Connects, counted. Waits at most `patience` for the handshake.
    ///
    /// # Errors
    /// Those of [`TcpStream::connect_timeout`].
    pub fn connect(self: &Arc<Self>, address: SocketAddr, patience: Duration) -> io::Result<Metered> {
        self.count(Syscall::Connect);
        let stream = TcpStream::connect_timeout(&address, patience)?;
        Ok(Metered { stream, meter: Arc::clone(self) })
    }

    /// Sleeps, counted.
    pub fn sleep(&self, time: Duration) {
        self.count(Syscall::Sleep);
        std::thread::sleep(time);
    }

    fn note_result<T>(&self, result: io::Result<T>) -> io::Result<T> {
        if result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock) {
            self.fruitless.fetch_add(1, Relaxed);
        }
        result
    }
}

/// Keeps a thread counted while it lives.
#[derive(Debug)]
pub struct ThreadGuard(Arc<Meter>);

impl Drop for ThreadGuard {
    fn drop(&mut self) {
        self.0.threads.fetch_sub(1, Relaxed);
    }
}

/// A connection whose reads and writes are counted.
#[derive(Debug)]
pub struct Metered {
    stream: TcpStream,
    meter: Arc<Meter>,
}

impl Metered {
    /// Looks at the next byte without taking it and without waiting for it: `WouldBlock` when there is none
    /// yet, 0 when the peer has closed.
    ///
    /// # Errors
    /// Those of [`TcpStream::peek`].
    pub fn peek_now(&self) -> io::Result<usize> {
        self.stream.set_nonblocking(true)?;
        self.meter.count(Syscall::Receive);
        let peeked = self.stream.peek(&mut [0]);
        self.stream.set_nonblocking(false)?;
        self.meter.note_result(peeked)
    }

    /// A second handle to the same connection, counted by the same meter: for one thread that reads and others
    /// that write.
    ///
    /// # Errors
    /// Those of [`TcpStream::try_clone`].
    pub fn try_clone(&self) -> io::Result<Self> {
        Ok(Self { stream: self.stream.try_clone()?, meter: Arc::clone(&self.meter) })
    }

    /// The socket itself, for options: time-outs, `TCP_NODELAY`, non-blocking mode.
    pub fn socket(&self) -> &TcpStream {
        &self.stream
    }
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.meter.count(Syscall::Receive);
        let result = self.stream.read(buffer);
        self.meter.note_result(result)
    }
}

impl Write for Metered {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.meter.count(Syscall::Send);
        let result = self.stream.write(bytes);
        self.meter.note_result(result)
    }

    fn write_vectored(&mut self, pieces: &[IoSlice<'_>]) -> io::Result<usize> {
        self.meter.count(Syscall::SendPieces);
        let result = self.stream.write_vectored(pieces);
        self.meter.note_result(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_calls_and_what_came_of_them() {
        let meter = Arc::new(Meter::default());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        assert_eq!(meter.accept(&listener).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        assert_eq!(meter.fruitless(), 1);

        listener.set_nonblocking(false).unwrap();
        let mut client = meter.connect(listener.local_addr().unwrap(), Duration::from_secs(10)).unwrap();
        let mut server = meter.accept(&listener).unwrap();
        let before = meter.counts();
        client.write_all(b"x").unwrap();
        server.read_exact(&mut [0]).unwrap();
        let used = meter.counts().since(&before);
        assert_eq!((used.of(Syscall::Send), used.of(Syscall::Receive), used.total()), (1, 1, 2));
        assert_eq!(meter.counts().of(Syscall::Accept), 2);
    }

    #[test]
    fn the_peak_of_threads_stays() {
        let meter = Arc::new(Meter::default());
        let one = meter.thread();
        drop(meter.thread());
        drop(one);
        drop(meter.thread());
        assert_eq!(meter.peak_threads(), 2);
    }
}
