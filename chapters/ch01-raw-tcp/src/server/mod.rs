//! Five I/O models, one behaviour. [T-06]
//!
//! ```text
//!                      who waits for the bytes?           threads for n connections
//!   one_at_a_time      the only thread, in read()         1   (and n-1 connections wait)
//!   thread_per_conn.   a thread each, in read()           n
//!   worker_pool        one of k threads, in read()        k   (and the queue is bounded)
//!   polling            nobody: everybody is asked again   1   (and the CPU burns)
//!   epoll              the kernel, for all of them        1
//! ```
//!
//! Each model is one file with one function `run`. What a connection *does* is written twice only, because
//! there are two ways to wait: `blocking.rs` (the thread stands still inside `read`) and `machine.rs`
//! (`read` says "would block", and the state is kept in a struct until it is asked again).

mod accept;
mod blocking;
#[cfg(target_os = "linux")]
mod epoll;
mod machine;
mod one_at_a_time;
mod polling;
mod stop;
mod thread_per_connection;
mod worker_pool;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;

pub use blocking::{ReadClock, linger, serve_connection};
pub use machine::{Connection, Finish, Status, Wants};
pub use worker_pool::{PoolFull, WorkerPool};

use crate::limits::Limits;
use crate::meter::{Meter, Metered};
use crate::service::Service;
use stop::Stop;

/// How a server waits for its connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// One thread serves one connection to its end, then the next.
    OneAtATime,
    /// Every connection gets a thread.
    ThreadPerConnection,
    /// A fixed number of threads, a bounded queue, a refusal when both are full. [T-09]
    WorkerPool,
    /// One thread asks every connection again and again.
    Polling,
    /// One thread asks the kernel which connections are ready (Linux).
    Epoll,
}

impl Model {
    /// The models that run on this system, in the order in which the chapter builds them.
    pub const ALL: &[Self] = &[
        Self::OneAtATime,
        Self::ThreadPerConnection,
        Self::WorkerPool,
        Self::Polling,
        #[cfg(target_os = "linux")]
        Self::Epoll,
    ];

    /// The name in tables and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::OneAtATime => "one-at-a-time",
            Self::ThreadPerConnection => "thread-per-connection",
            Self::WorkerPool => "worker-pool",
            Self::Polling => "polling",
            Self::Epoll => "epoll",
        }
    }

    /// Starts a server on `listener` and returns at once.
    ///
    /// # Errors
    /// `InvalidInput` for [`Limits`] that serve nobody; when the listener has no address, or the server's
    /// thread cannot be started. [`Model::Epoll`] gives `Unsupported` where there is no epoll.
    pub fn start(
        self,
        listener: TcpListener,
        service: Arc<dyn Service>,
        limits: Limits,
    ) -> io::Result<ServerHandle> {
        limits.check()?;
        let run = match self {
            Self::OneAtATime => one_at_a_time::run,
            Self::ThreadPerConnection => thread_per_connection::run,
            Self::WorkerPool => worker_pool::run,
            Self::Polling => polling::run,
            #[cfg(target_os = "linux")]
            Self::Epoll => epoll::run,
            #[cfg(not(target_os = "linux"))]
            Self::Epoll => return Err(io::ErrorKind::Unsupported.into()),
        };
        // A listener may come with a past; how it waits is the model's business.
        listener.set_nonblocking(matches!(self, Self::Polling | Self::Epoll))?;
        ServerHandle::start(listener, self.name(), move |listener, meter, stop| {
            run(listener, &Context { service, limits: Arc::new(limits), meter, stop })
        })
    }
}

/// What a server does with its connections, whatever is spoken on them. Chapter 1 answers lines, chapter 2
/// frames.
pub trait ConnectionHandler: Send + Sync {
    /// Serves `stream` to its end, on a thread that it has for itself. A panic ends this connection only.
    fn serve(&self, stream: Metered);
    /// Tells the caller that there is no room. On the thread that accepts, so it must not wait.
    fn refuse(&self, stream: Metered);
}

/// Starts a server that gives every connection to `handler` on a thread of its own, `max_connections` at most,
/// and returns at once: [`Model::ThreadPerConnection`] for other protocols than lines.
///
/// # Errors
/// When the listener has no address, or the server's thread cannot be started.
pub fn serve_on_threads(
    listener: TcpListener,
    handler: Arc<dyn ConnectionHandler>,
    max_connections: usize,
) -> io::Result<ServerHandle> {
    listener.set_nonblocking(false)?;
    ServerHandle::start(listener, Model::ThreadPerConnection.name(), move |listener, meter, stop| {
        thread_per_connection::serve_each(listener, &*handler, max_connections, &meter, &stop);
        Ok(())
    })
}

/// What every model works with.
#[derive(Clone)]
struct Context {
    service: Arc<dyn Service>,
    limits: Arc<Limits>,
    meter: Arc<Meter>,
    stop: Arc<Stop>,
}

/// A running server. Dropping it stops it.
#[derive(Debug)]
pub struct ServerHandle {
    address: SocketAddr,
    meter: Arc<Meter>,
    stop: Arc<Stop>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl ServerHandle {
    fn start(
        listener: TcpListener,
        name: &str,
        run: impl FnOnce(&TcpListener, Arc<Meter>, Arc<Stop>) -> io::Result<()> + Send + 'static,
    ) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let meter = Arc::new(Meter::default());
        let stop = Arc::new(Stop::new()?);
        let (its_meter, its_stop) = (Arc::clone(&meter), Arc::clone(&stop));
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            let _counted = its_meter.thread();
            run(&listener, Arc::clone(&its_meter), its_stop)
        })?;
        Ok(Self { address, meter, stop, thread: Some(thread) })
    }

    /// Where it listens; with port 0 in `bind`, this is how you learn the port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its counters.
    pub fn meter(&self) -> &Arc<Meter> {
        &self.meter
    }

    /// Closes the listener and every connection, and waits until all its threads have ended. A call that
    /// runs at this moment ends first, and its reply may be lost; one that has not begun is not begun.
    /// (Chapter 10 stops without losing any.)
    ///
    /// # Errors
    /// What ended the server, when it was not this.
    pub fn stop(mut self) -> io::Result<()> {
        self.end()
    }

    fn end(&mut self) -> io::Result<()> {
        let Some(thread) = self.thread.take() else { return Ok(()) };
        self.stop.raise();
        // Knocking needs a file handle, and a process that has run out of them may get one later.
        while self.stop.knock(self.address, &self.meter).is_err() && !thread.is_finished() {
            self.meter.sleep(accept::REST);
        }
        thread.join().unwrap_or_else(|_| Err(io::Error::other("the server's thread has panicked")))
    }
}

impl Drop for ServerHandle {
    fn drop(&mut self) {
        // Nobody is left to tell.
        let _ = self.end();
    }
}
