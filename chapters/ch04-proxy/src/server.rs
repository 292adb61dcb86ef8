//! The server's end: services behind a port.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use ch01_raw_tcp::Outcome;
use ch02_protocol::server::ServerStats;
use ch02_protocol::{Frame, FrameServer, FrameService, Reply, ServerOptions, Status};
use ch03_codec::Marshaller;

use crate::dispatcher::{Dispatcher, Occupied};
use crate::filter::{Chain, Filter};
use crate::invocation::{EXTENSIONS, Invocation};
use crate::invoker::Invoker;
use crate::reflection;
use crate::skeleton::Skeleton;

/// A running server. Dropping it stops it.
#[derive(Debug)]
pub struct Server(FrameServer);

impl Server {
    /// What a server is made of.
    pub fn builder() -> ServerBuilder {
        ServerBuilder::default()
    }

    /// Serves `invoker` on `listener`, and returns at once: a [`Dispatcher`], or whatever else carries out
    /// calls.
    ///
    /// # Errors
    /// As [`FrameServer::start`].
    pub fn start(
        listener: TcpListener,
        invoker: Arc<dyn Invoker>,
        options: ServerOptions,
    ) -> io::Result<Self> {
        FrameServer::start(listener, Arc::new(Entrance(invoker)), options).map(Self)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.0.address()
    }

    /// What it has done so far.
    pub fn stats(&self) -> &ServerStats {
        self.0.stats()
    }

    /// Stops it.
    ///
    /// # Errors
    /// As [`FrameServer::stop`].
    pub fn stop(self) -> io::Result<()> {
        self.0.stop()
    }
}

/// Where frames become calls: chapter 2's seam on the outside, chapter 4's on the inside.
pub struct Entrance(pub Arc<dyn Invoker>);

// ANCHOR: entrance
impl FrameService for Entrance {
    fn call(&self, request: &Frame) -> Reply {
        let invocation = match Invocation::from_frame(request) {
            Ok(invocation) => invocation,
            Err(error) => return Reply::new(Status::BAD_REQUEST, error.to_string()),
        };
        self.0.invoke(&invocation).unwrap_or_else(|error| {
            // Only when calls are passed on to another server. What is true for us is true for our caller.
            let status = match error.outcome() {
                Outcome::NeverRan => Status::BUSY,
                Outcome::MayHaveRun | Outcome::RanAndFailed => Status::INTERNAL,
            };
            Reply::new(status, error.to_string())
        })
    }

    fn acts_upon(&self) -> &[u8] {
        &EXTENSIONS
    }
}
// ANCHOR_END: entrance

/// Puts a server together: services, and filters around all of them.
#[derive(Default)]
pub struct ServerBuilder {
    skeletons: Vec<Skeleton>,
    filters: Vec<Arc<dyn Filter>>,
    marshaller: Arc<Marshaller>,
    options: ServerOptions,
    reflection: bool,
}

impl ServerBuilder {
    /// Serves one more service.
    pub fn service(mut self, skeleton: Skeleton) -> Self {
        self.skeletons.push(skeleton);
        self
    }

    /// One more filter, inside of those before it.
    pub fn filter(mut self, filter: impl Filter + 'static) -> Self {
        self.filters.push(Arc::new(filter));
        self
    }

    /// Reads and writes with other codecs, compressors and limits.
    pub fn marshaller(self, marshaller: Arc<Marshaller>) -> Self {
        Self { marshaller, ..self }
    }

    /// Takes more, or less, from strangers.
    pub fn options(self, options: ServerOptions) -> Self {
        Self { options, ..self }
    }

    /// Tells callers which services and methods there are: see [`reflection`]. Off unless asked for; a
    /// directory helps whoever comes, friend or not.
    pub fn with_reflection(self) -> Self {
        Self { reflection: true, ..self }
    }

    /// What was put together, without a port: a stub over it calls in this process.
    ///
    /// # Errors
    /// When two services have one key.
    pub fn build(mut self) -> Result<Arc<dyn Invoker>, Occupied> {
        if self.reflection {
            let directory = reflection::skeleton(&self.skeletons);
            self.skeletons.push(directory);
        }
        let mut dispatcher = Dispatcher::new(self.marshaller);
        for skeleton in self.skeletons {
            dispatcher.add(skeleton)?;
        }
        Ok(match self.filters.is_empty() {
            true => Arc::new(dispatcher),
            false => Arc::new(Chain::new(self.filters, Arc::new(dispatcher))),
        })
    }

    /// Serves on `listener`, and returns at once.
    ///
    /// # Errors
    /// `InvalidInput` when two services have one key; as [`Server::start`].
    pub fn start(self, listener: TcpListener) -> io::Result<Server> {
        let options = self.options.clone();
        let invoker = self.build().map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        Server::start(listener, invoker, options)
    }
}
