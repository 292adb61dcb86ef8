//! The server's end: services behind a port.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use ch01_raw_tcp::Outcome;
use ch02_protocol::server::ServerStats;
use ch02_protocol::{CallError, Frame, FrameServer, FrameService, Reply, ServerOptions, Status};
use ch03_codec::Marshaller;

use crate::dispatcher::{Dispatcher, Occupied, contain};
use crate::filter::{Chain, Filter};
use crate::invocation::{EXTENSIONS, Invocation};
use crate::invoker::{Invoker, passes};
use crate::key::ServiceKey;
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
        // The dispatcher contains its handlers; this is for filters.
        contain(&"the server", || self.0.invoke(&invocation).unwrap_or_else(passed_on))
    }

    fn acts_upon(&self) -> &[u8] {
        &EXTENSIONS
    }
}
// ANCHOR_END: entrance

/// An error at a server: it passes calls on to another, and there it went wrong. Whether the call ran is as
/// true for its caller as for us.
fn passed_on(error: CallError) -> Reply {
    let text = error.to_string();
    let status = match (error.outcome(), error) {
        (_, CallError::Remote { status, text }) => return Reply::new(status, text),
        // Too long for the next one, here or there, or refused here: no better if it comes again.
        (_, CallError::NotAFrame(_) | CallError::Refused { .. }) => Status::BAD_REQUEST,
        (_, CallError::GoneAway { status, .. }) if !passes(status) => Status::BAD_REQUEST,
        (Outcome::NeverRan, _) => Status::BUSY,
        (Outcome::MayHaveRun | Outcome::RanAndFailed, _) => Status::INTERNAL,
    };
    Reply::new(status, text)
}

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
    /// What was put in so far: what a registry is told (chapter 5).
    pub fn services(&self) -> impl Iterator<Item = &ServiceKey> {
        self.skeletons.iter().map(Skeleton::key)
    }

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

    /// Tells callers which services and methods there are: see [`reflection`]. Off unless asked for: not every
    /// server has to do with tools. That is no protection. A wrong name is answered with some right ones, and
    /// whoever wants to keep strangers out asks for a token
    /// ([`RequireToken`](crate::filters::RequireToken)), which comes before any name. [P-08]
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

impl fmt::Debug for Entrance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entrance").finish_non_exhaustive()
    }
}

impl fmt::Debug for ServerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerBuilder")
            .field("skeletons", &self.skeletons)
            .field("filters", &self.filters.len())
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use ch02_protocol::EncodeError;
    use ch03_codec::{Body, Format};

    fn request() -> Frame {
        let arguments = Body { format: Format { codec: 1, compressor: 0 }, bytes: Bytes::new() };
        Invocation::new(ServiceKey::parse("A").unwrap(), "m", arguments).unwrap().to_frame()
    }

    /// Its caller is told what the next server said, and may conclude from it what we may.
    #[test]
    fn a_server_that_passes_calls_on_passes_errors_on() {
        type Make = fn() -> CallError;
        let remote = |status| CallError::Remote { status, text: "no".into() };
        assert_eq!(passed_on(remote(Status::NOT_FOUND)), Reply::new(Status::NOT_FOUND, "no"));
        let errors: [(Status, Make); 6] = [
            (Status::BUSY, || CallError::Ended { why: "cable".into() }),
            (Status::BUSY, || CallError::GoneAway { status: Status::SHUTTING_DOWN, text: String::new() }),
            (Status::BAD_REQUEST, || CallError::NotAFrame(EncodeError::HeaderTooLong { got: 2, limit: 1 })),
            (Status::BAD_REQUEST, || CallError::GoneAway { status: Status::BAD_FRAME, text: String::new() }),
            (Status::BAD_REQUEST, || CallError::Refused { why: "no room".into() }),
            (Status::INTERNAL, || CallError::NoReply { source: io::ErrorKind::TimedOut.into() }),
        ];
        for (status, error) in errors {
            let entrance =
                Entrance(Arc::new(move |_: &Invocation| -> Result<Reply, CallError> { Err(error()) }));
            let reply = entrance.call(&request());
            assert_eq!((reply.status, reply.status.outcome()), (status, Some(error().outcome())));
        }
    }

    #[test]
    fn a_filter_that_panics_costs_one_reply() {
        /// Panics once more when it is thrown away.
        struct Again;
        impl Drop for Again {
            fn drop(&mut self) {
                panic!("again");
            }
        }
        let panics = |_: &Invocation| -> Result<Reply, CallError> { std::panic::panic_any(Again) };
        assert_eq!(
            Entrance(Arc::new(panics)).call(&request()),
            Reply::new(Status::INTERNAL, "the server panicked")
        );
    }
}
