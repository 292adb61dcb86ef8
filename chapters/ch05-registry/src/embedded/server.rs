//! The embedded registry as a server, in any process that wants one.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use ch02_protocol::ServerOptions;
use ch04_proxy::{Invoker, Server};

use super::disk;
use super::hub::Hub;
use super::remote::DEFAULT_TTL;
use super::service::registry_service_skeleton;
use crate::table::{Table, TableLimits};

/// How a registry behaves.
#[derive(Debug, Clone)]
pub struct RegistryOptions {
    /// The bounds of its table.
    pub limits: TableLimits,
    /// How many may wait for news at once: 256. Each costs a thread (until chapter 8). Who comes above that is
    /// told to come back in half a second.
    pub max_waiting: usize,
    /// For how long after its start somebody may be missing: 10 s, the usual lease. A provider that lives
    /// renews after a third of it, hears that its lease is unknown, and registers again.
    pub settle: Duration,
    /// Where it keeps a snapshot, if it shall.
    pub snapshot: Option<PathBuf>,
}

impl Default for RegistryOptions {
    fn default() -> Self {
        Self { limits: TableLimits::default(), max_waiting: 256, settle: DEFAULT_TTL, snapshot: None }
    }
}

/// A registry that runs. Dropping it stops it.
///
/// ```text
///   ch04 Server ─ RegistryService ─▶ Hub ─▶ Table
///     workers: one per waiting watch,  │
///     and 8 for everything else        ├── thread that ends leases
///                                      └── thread that writes the snapshot, if there is one
/// ```
#[derive(Debug)]
pub struct EmbeddedRegistry {
    hub: Arc<Hub>,
    server: Option<Server>,
    threads: Vec<JoinHandle<()>>,
}

/// Workers beside those that wait: 8. Renewals never stand in line behind watches, which would end leases.
const WORKERS: usize = 8;

impl EmbeddedRegistry {
    /// Serves on `listener`, and returns at once.
    ///
    /// # Errors
    /// When the snapshot cannot be read, or a thread cannot be started.
    pub fn start(listener: TcpListener, options: RegistryOptions) -> io::Result<Self> {
        let now = Instant::now();
        // Never 0: that is who has seen nothing.
        let incarnation = fastrand::u64(1..);
        let mut table = Table::new(incarnation, now, options.settle, options.limits.clone());
        if let Some(path) = &options.snapshot {
            disk::read(path, &mut table, now)?;
        }
        let hub = Arc::new(Hub::new(table, options.max_waiting));
        let mut registry = Self { hub: Arc::clone(&hub), server: None, threads: Vec::new() };
        registry.spawn("registry-leases", Hub::end_leases)?;
        if let Some(path) = options.snapshot {
            registry.spawn("registry-snapshot", move |hub| keep(hub, &path))?;
        }
        let server = ServerOptions {
            workers: options.max_waiting + WORKERS,
            // One caller may follow many services over its one connection.
            max_in_flight: options.max_waiting + WORKERS,
            queue: 1024,
            max_connections: 4096,
            ..ServerOptions::default()
        };
        let builder = Server::builder().service(registry_service_skeleton(hub)).options(server);
        registry.server = Some(builder.with_reflection().start(listener)?);
        Ok(registry)
    }

    /// Where it listens.
    ///
    /// # Panics
    /// Never: it has a server from its start to its stop.
    pub fn address(&self) -> SocketAddr {
        self.server.as_ref().expect("it runs").address()
    }

    /// What it knows.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// A way to it that needs no socket, for callers in this process.
    ///
    /// # Panics
    /// Never: one service has no other with its key.
    pub fn invoker(&self) -> Arc<dyn Invoker> {
        let skeleton = registry_service_skeleton(Arc::clone(&self.hub));
        Server::builder().service(skeleton).build().expect("one service")
    }

    fn spawn(&mut self, name: &str, work: impl FnOnce(&Hub) + Send + 'static) -> io::Result<()> {
        let hub = Arc::clone(&self.hub);
        self.threads.push(thread::Builder::new().name(name.into()).spawn(move || work(&hub))?);
        Ok(())
    }
}

impl Drop for EmbeddedRegistry {
    fn drop(&mut self) {
        // Who waits is sent away first, so that the server has nothing to wait for.
        self.hub.close();
        drop(self.server.take());
        for thread in self.threads.drain(..) {
            thread.thread().unpark();
            // That it does not panic is our business.
            let _ = thread.join();
        }
    }
}

/// Writes the snapshot when something has changed, and once more at the end. A full disk costs the snapshot,
/// not the registry.
fn keep(hub: &Hub, path: &std::path::Path) {
    let mut written = 0;
    loop {
        let last = hub.is_closed();
        let (changes, bytes) = hub.look(|changes, table| {
            (changes, (changes != written).then(|| disk::encode(table, Instant::now())))
        });
        if let Some(bytes) = bytes {
            match bytes.map_err(io::Error::from).and_then(|bytes| disk::write(path, &bytes)) {
                Ok(()) => written = changes,
                Err(error) => eprintln!("registry: cannot write {}: {error}", path.display()),
            }
        }
        if last {
            return;
        }
        thread::park_timeout(disk::EVERY);
    }
}
