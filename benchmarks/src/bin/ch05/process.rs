//! The registry as a process of its own, so that its memory and its threads are its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use ch05_registry::embedded::{EmbeddedRegistry, RegistryOptions};
use ch05_registry::table::TableLimits;
use serde::Serialize;

use crate::Error;
use crate::broadcast::TTL_MS;

/// What the child does: tells its address, and serves until its parent is gone.
pub fn serve(max_waiting: usize) -> Result<(), Error> {
    let limits = TableLimits { max_ttl: Duration::from_millis(TTL_MS), ..TableLimits::default() };
    let options = RegistryOptions { limits, max_waiting, settle: Duration::ZERO, snapshot: None };
    let registry = EmbeddedRegistry::start(TcpListener::bind("127.0.0.1:0")?, options)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", registry.address())?;
    out.flush()?;
    drop(out);
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

/// A registry in a process of its own. Dropping it ends the process.
pub struct Registry {
    child: Child,
    pub address: SocketAddr,
    /// Closed at the end: then the child ends, too.
    _stdin: Option<ChildStdin>,
}

impl Registry {
    /// Starts one at which so many may wait.
    pub fn start(max_waiting: u32) -> Result<Self, Error> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--registry", &max_waiting.to_string()]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let stdin = child.stdin.take();
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("stdout is piped")?).read_line(&mut line)?;
        let address = line.trim().parse().map_err(|_| "the registry did not start: see above")?;
        Ok(Self { child, address, _stdin: stdin })
    }

    /// What the kernel says about it; `None` where it does not.
    pub fn process(&self) -> Option<Process> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let field = |name: &str| {
            let value = status.lines().find_map(|line| line.strip_prefix(name))?;
            value.split_whitespace().next()?.parse::<u64>().ok()
        };
        Some(Process {
            resident: field("VmRSS:")? * 1024,
            most: field("VmHWM:")? * 1024,
            threads: field("Threads:")?,
        })
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A process at one moment. Bytes.
#[derive(Clone, Copy, Serialize)]
pub struct Process {
    pub resident: u64,
    /// The most that it ever was.
    pub most: u64,
    pub threads: u64,
}
