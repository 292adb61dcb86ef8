//! One process, and what can be done to it.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::error::StartError;
use crate::port;
use crate::recipe::Kind;
#[cfg(unix)]
use crate::signal;
use crate::watchman::{Watchman, apart};

/// How long a server may take until it is ready: 30 s. It takes half a second; but two of them on a busy
/// machine with a slow disk are no reason to call a test wrong.
pub const READY_WITHIN: Duration = Duration::from_secs(30);
/// How long is waited between two questions: 10 ms.
const PAUSE: Duration = Duration::from_millis(10);
/// How many ports are tried when another program is quicker: 5.
const PORTS: usize = 5;
/// How much of a log is shown: 2 KiB, about 20 lines.
const LOG_SHOWN: u64 = 2048;

/// A real server, with an address and a data folder of its own. Dropping it ends it and deletes its data.
///
/// When this *program* is killed, so that nothing is dropped, a small shell ends the server and deletes its
/// folder.
#[derive(Debug)]
pub struct RealServer {
    kind: Kind,
    address: SocketAddr,
    more: Vec<String>,
    // Before the folder: fields are dropped in this order, and a process should not lose its data while it runs.
    running: Option<Running>,
    folder: TempDir,
}

impl RealServer {
    /// Starts ZooKeeper.
    ///
    /// # Errors
    /// [`StartError`]; so for all of them.
    pub fn zookeeper() -> Result<Self, StartError> {
        Self::start(Kind::ZooKeeper, &[])
    }

    /// Starts etcd.
    ///
    /// # Errors
    /// As above.
    pub fn etcd() -> Result<Self, StartError> {
        Self::start(Kind::Etcd, &[])
    }

    /// Starts Redis.
    ///
    /// # Errors
    /// As above.
    pub fn redis() -> Result<Self, StartError> {
        Self::start(Kind::Redis, &[])
    }

    /// Starts one, with `more` arguments (ZooKeeper: lines of its configuration). They come last, so they win.
    ///
    /// # Errors
    /// As above.
    pub fn start(kind: Kind, more: &[&str]) -> Result<Self, StartError> {
        kind.installed()?;
        let io = |error: io::Error| broken(kind, error.to_string(), String::new());
        let folder = tempfile::Builder::new().prefix("real-server-").tempdir().map_err(io)?;
        let address = port::free().map_err(io)?;
        let more = more.iter().map(|&argument| argument.to_owned()).collect();
        let mut server = Self { kind, address, more, running: None, folder };
        for _ in 1..PORTS {
            match server.start_again() {
                // Another program was quicker.
                Err(StartError::Broken { log, .. }) if log.contains("ddress already in use") => {
                    server.address = port::free().map_err(io)?;
                }
                result => return result.map(|()| server),
            }
        }
        server.start_again().map(|()| server)
    }

    /// Which server it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Where it listens: on loopback, and on the same port for as long as this value lives.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The number of its process, while there is one.
    pub fn process(&self) -> Option<u32> {
        self.running.as_ref().map(|running| running.process.id())
    }

    /// As `kill -9`: it does not get to say goodbye. What it has not written is lost; so is everything in the
    /// case of Redis, which is started without a disk.
    pub fn kill(&mut self) {
        self.running = None;
    }

    /// Stops it in the middle of what it does, as a long garbage collection or a sleeping laptop would. The
    /// kernel goes on accepting connections and bytes for it: to clients that is the hardest kind of outage.
    ///
    /// Returns when all its threads stand still: the signal alone only asks for it.
    ///
    /// # Panics
    /// When it does not run.
    #[cfg(unix)]
    pub fn pause(&self) {
        let process = self.running();
        signal::pause(process).unwrap_or_else(|why| panic!("{} cannot be paused: {why}", self.kind.name()));
    }

    /// Lets it go on.
    ///
    /// # Panics
    /// When it does not run.
    #[cfg(unix)]
    pub fn resume(&self) {
        let process = self.running();
        signal::resume(process).unwrap_or_else(|why| panic!("{} cannot go on: {why}", self.kind.name()));
    }

    #[cfg(unix)]
    fn running(&self) -> &Child {
        let running = self.running.as_ref();
        &running.unwrap_or_else(|| panic!("{} is not running", self.kind.name())).process
    }

    /// Starts it with the same address and data, after [`kill`](Self::kill); one that runs is killed first.
    /// Returns when it answers.
    ///
    /// # Errors
    /// [`StartError`].
    pub fn start_again(&mut self) -> Result<(), StartError> {
        self.kill();
        let broken = |why, log| broken(self.kind, why, log);
        let mut recipe = self.kind.recipe(self.address, self.folder.path(), &self.more)?;
        let path = self.folder.path().join("log");
        let log = || read_end(&path).unwrap_or_default();
        let file = File::create(&path).and_then(|file| Ok((file.try_clone()?, file)));
        let (out, err) = file.map_err(|error| broken(error.to_string(), String::new()))?;
        recipe.command.stdin(Stdio::null()).stdout(out).stderr(err);
        apart(&mut recipe.command);
        let running = Running::spawn(&mut recipe.command, self.folder.path());
        let running = self.running.insert(running.map_err(|error| broken(error.to_string(), log()))?);

        let end = Instant::now() + READY_WITHIN;
        loop {
            let answer = recipe.probes.iter().try_for_each(|probe| probe.ask(self.address));
            // Also after a good answer: it may have come from another program on this port.
            if let Ok(Some(status)) = running.process.try_wait() {
                return Err(broken(format!("it ended with {status}"), log()));
            }
            match answer {
                Ok(()) => return Ok(()),
                Err(why) if Instant::now() >= end => {
                    return Err(broken(format!("not ready after {READY_WITHIN:?}: {why}"), log()));
                }
                Err(_) => thread::sleep(PAUSE),
            }
        }
    }
}

fn broken(kind: Kind, why: String, log: String) -> StartError {
    StartError::Broken { server: kind.name(), why, log }
}

/// The last lines of a log.
fn read_end(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let length = fs::metadata(path)?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LOG_SHOWN)))?;
    let mut bytes = Vec::new();
    file.take(LOG_SHOWN).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A process that ends with this value.
#[derive(Debug)]
struct Running {
    process: Child,
    watchman: Option<Watchman>,
}

impl Running {
    fn spawn(command: &mut std::process::Command, folder: &Path) -> io::Result<Self> {
        let process = command.spawn()?;
        let mut running = Self { process, watchman: None };
        running.watchman = Some(Watchman::guard(running.process.id(), folder)?);
        Ok(running)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.watchman = None;
        // It has ended already: nothing to be done.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::or_skip;

    /// The other one answers every question that any Redis answers, and sooner than ours has noticed that the
    /// port is taken.
    #[test]
    fn another_server_on_the_port_is_not_taken_for_ours() {
        let Some(other) = or_skip(RealServer::redis()) else { return };
        let mut ours = RealServer::redis().unwrap();
        ours.kill();
        ours.address = other.address();
        match ours.start_again() {
            Err(StartError::Broken { log, .. }) => assert!(log.contains("ddress already in use"), "{log}"),
            result => panic!("{result:?}"),
        }
    }
}
