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
use super::service::registry_service_skeleton;
use crate::cache::MAX_SETTLE;
use crate::table::{Table, TableLimits};

/// How a registry behaves.
#[derive(Debug, Clone)]
pub struct RegistryOptions {
    /// The bounds of its table.
    pub limits: TableLimits,
    /// How many may wait for news at once: 256. Each costs a thread (until chapter 8). Who comes above that is
    /// told to come back in half a second.
    pub max_waiting: usize,
    /// For how long after its start somebody may be missing: 30 s. A provider with the longest lease, 60 s,
    /// renews after 20 s, hears that its lease is unknown, and registers again; 10 s more are for one that has
    /// to try twice.
    pub settle: Duration,
    /// Where it keeps a snapshot, if it shall.
    pub snapshot: Option<PathBuf>,
}

const SETTLE: Duration = Duration::from_secs(30);

impl RegistryOptions {
    /// Refuses options that make no sense.
    ///
    /// # Errors
    /// `InvalidInput`, with the field that is wrong.
    pub fn check(&self) -> io::Result<()> {
        let bad = |why| Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        if !(1..=MAX_WAITING).contains(&self.max_waiting) {
            return bad(format!("max_waiting is {}, expected 1 to {MAX_WAITING}", self.max_waiting));
        }
        if self.settle > MAX_SETTLE {
            return bad(format!("settle is {:?}, at most {MAX_SETTLE:?} is possible", self.settle));
        }
        Ok(())
    }
}

/// The largest `max_waiting`: 4096. Each is a thread.
const MAX_WAITING: usize = 4096;

impl Default for RegistryOptions {
    fn default() -> Self {
        Self { limits: TableLimits::default(), max_waiting: 256, settle: SETTLE, snapshot: None }
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
        options.check()?;
        let now = Instant::now();
        // Never 0: that is who has seen nothing.
        let incarnation = fastrand::u64(1..);
        let mut table = Table::new(incarnation, now, options.settle, options.limits.clone());
        if let Some(path) = &options.snapshot {
            match disk::read(path, &mut table, now) {
                Ok(_) => {}
                // It would have helped for some seconds. That is no reason not to begin.
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    table = Table::new(incarnation, now, options.settle, options.limits.clone());
                    let aside = disk::put_aside(path)?;
                    eprintln!("registry: {error}; put aside as {}", aside.display());
                }
                Err(error) => return Err(error),
            }
            // A place that cannot be written is told now, and not by a line a second.
            disk::write(path, &disk::Snapshot::of(&table, now))?;
        }
        let hub = Arc::new(Hub::new(table, options.max_waiting));
        let mut registry = Self { hub: Arc::clone(&hub), server: None, threads: Vec::new() };
        registry.spawn("registry-leases", Hub::end_leases)?;
        if let Some(path) = options.snapshot {
            registry.spawn("registry-snapshot", move |hub| keep(hub, &path))?;
        }
        let server = ServerOptions {
            workers: options.max_waiting + WORKERS,
            // One caller may follow many services over its one connection. It is also how many whole lists a
            // caller that does not read can make us hold; chapter 8 counts their bytes.
            max_in_flight: options.max_waiting + WORKERS,
            queue: 2048,
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
/// not the registry: it is told once, and once when it goes well again.
fn keep(hub: &Hub, path: &std::path::Path) {
    let (mut written, mut failing) = (0, false);
    loop {
        let last = hub.is_closed();
        // Under the lock only what has to be; the JSON of a large table takes its time.
        let snapshot = hub.look(|changes, table| {
            (changes != written).then(|| (changes, disk::Snapshot::of(table, Instant::now())))
        });
        if let Some((changes, snapshot)) = snapshot {
            let result = disk::write(path, &snapshot);
            match &result {
                Ok(()) => {
                    written = changes;
                    if failing {
                        eprintln!("registry: {} is written again", path.display());
                    }
                }
                Err(error) if !failing => eprintln!("registry: the snapshot cannot be written: {error}"),
                Err(_) => {}
            }
            failing = result.is_err();
        }
        if last {
            return;
        }
        thread::park_timeout(disk::EVERY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_that_make_no_sense_are_refused_by_name() {
        let good = RegistryOptions::default();
        good.check().unwrap();
        for (options, name) in [
            (RegistryOptions { max_waiting: 0, ..good.clone() }, "max_waiting"),
            (RegistryOptions { max_waiting: usize::MAX, ..good.clone() }, "max_waiting"),
            (RegistryOptions { settle: Duration::MAX, ..good }, "settle"),
        ] {
            assert!(options.check().unwrap_err().to_string().starts_with(name));
        }
    }

    #[test]
    fn a_broken_snapshot_is_put_aside_and_a_place_that_cannot_be_written_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("registry.json");
        std::fs::write(&file, "no snapshot").unwrap();
        let listener = || TcpListener::bind("127.0.0.1:0").unwrap();
        let with = |snapshot| RegistryOptions { snapshot: Some(snapshot), ..RegistryOptions::default() };
        drop(EmbeddedRegistry::start(listener(), with(file.clone())).unwrap());
        let aside = folder.path().join("registry.json.bad");
        assert_eq!(std::fs::read_to_string(aside).unwrap(), "no snapshot");
        assert!(std::fs::read_to_string(file).unwrap().contains("registrations"), "a new one stands there");
        let nowhere = folder.path().join("nowhere").join("registry.json");
        let error = EmbeddedRegistry::start(listener(), with(nowhere)).unwrap_err();
        assert!(error.to_string().contains("nowhere"), "{error}");
    }
}
