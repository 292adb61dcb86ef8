//! A server and its entries in the registry, begun and ended in the right order.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::{Duration, Instant};

use ch04_proxy::server::{Server, ServerBuilder};

use crate::endpoint::Endpoint;
use crate::error::RegistryError;
use crate::registration::Registration;
use crate::registry::Registry;

/// How a server is published.
#[derive(Debug, Clone)]
pub struct PublishOptions {
    /// Where callers reach it, if that is not where it listens: behind a NAT, or when it listens everywhere.
    pub advertise: Option<SocketAddr>,
    /// What is said about it, name and value.
    pub labels: Vec<(String, String)>,
    /// How long it goes on serving after it was taken from the list: 500 ms. A caller that has not heard of it
    /// yet, and calls, is served. Chapter 10 does better, and waits for the calls themselves.
    pub linger: Duration,
    /// How long taking it from the list may take: 3 s. After that its lease ends it.
    pub patience: Duration,
}

impl Default for PublishOptions {
    fn default() -> Self {
        Self {
            advertise: None,
            labels: Vec::new(),
            linger: Duration::from_millis(500),
            patience: Duration::from_secs(3),
        }
    }
}

/// A server that callers find. Dropping it stops it, in the right order, but without waiting.
///
/// ```text
///   bind ─ serve ─ self-check ─ register        nobody calls what is not ready         [G-28]
///   deregister ─ linger ─ stop                  nobody calls what is not there any more
/// ```
#[derive(Debug)]
pub struct Published {
    /// First, because fields are dropped in this order.
    registrations: Vec<Registration>,
    server: Server,
    options: PublishOptions,
}

/// Why a server was not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// It cannot serve.
    #[error("cannot serve: {0}")]
    Serve(#[from] io::Error),
    /// Its own check says that it is not ready.
    #[error("not ready: {why}")]
    NotReady {
        /// Why not.
        why: String,
    },
    /// It cannot be entered.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// It cannot be said where it is, or what.
    #[error("{why}")]
    Endpoint {
        /// Why not.
        why: String,
    },
}

impl Published {
    /// Serves what is in `builder` on `listener`, asks `ready` (with the address at which it can be called), and
    /// only then enters each service in `registry`.
    ///
    /// # Errors
    /// [`PublishError`]; then nothing is entered, and the server has stopped.
    // ANCHOR: start
    pub fn start(
        registry: &dyn Registry,
        builder: ServerBuilder,
        listener: TcpListener,
        options: PublishOptions,
        ready: impl FnOnce(SocketAddr) -> Result<(), String>,
    ) -> Result<Self, PublishError> {
        let services: Vec<_> = builder.services().cloned().collect();
        let server = builder.start(listener)?;
        let endpoint = endpoint(server.address(), &options)?;
        ready(server.address()).map_err(|why| PublishError::NotReady { why })?;
        let register = |service| registry.register(service, endpoint.clone());
        let registrations = services.iter().map(register).collect::<Result<_, _>>()?;
        Ok(Self { registrations, server, options })
    }
    // ANCHOR_END: start

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The entries, one for each service.
    pub fn registrations(&self) -> &[Registration] {
        &self.registrations
    }

    /// The server.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Takes it from the list, serves for a moment longer, and stops.
    ///
    /// # Errors
    /// As [`Server::stop`]. That the registry cannot be reached is none: the lease ends the entry.
    // ANCHOR: stop
    pub fn stop(self) -> io::Result<()> {
        let Self { registrations, server, options } = self;
        registrations.iter().for_each(Registration::withdraw); // all at once, and then one wait for all
        let end = Instant::now() + options.patience;
        for registration in registrations {
            let _ = registration.end(end.saturating_duration_since(Instant::now()));
        }
        thread::sleep(options.linger); // for callers who have not heard of it yet
        server.stop()
    }
    // ANCHOR_END: stop
}

fn endpoint(listens: SocketAddr, options: &PublishOptions) -> Result<Endpoint, PublishError> {
    let address = options.advertise.unwrap_or(listens);
    if address.ip().is_unspecified() {
        let why = format!("nobody can call {address}: say where callers reach it");
        return Err(PublishError::Endpoint { why });
    }
    options.labels.iter().try_fold(Endpoint::new(address), |endpoint, (name, value)| {
        endpoint.with(name, value).map_err(|error| PublishError::Endpoint { why: error.to_string() })
    })
}
