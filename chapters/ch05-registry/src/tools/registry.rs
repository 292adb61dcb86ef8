//! `registry`: the embedded registry as a process of its own.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;

use ch05_registry::embedded::{EmbeddedRegistry, RegistryOptions};
use demo_kit::Failure;

/// Serves until Ctrl-C.
pub fn run(listen: SocketAddr, snapshot: Option<PathBuf>, settle: Duration) -> Result<(), Failure> {
    let end = super::ctrl_c()?;
    let listener =
        TcpListener::bind(listen).map_err(|error| format!("cannot listen on {listen}: {error}"))?;
    let registry =
        EmbeddedRegistry::start(listener, RegistryOptions { snapshot, settle, ..Default::default() })?;
    super::tell(&format!("registry on {} · embedded://{0} · Ctrl-C ends it", registry.address()))?;
    if !registry.hub().is_empty() {
        super::tell(&format!("{} registrations from the snapshot", registry.hub().len()))?;
    }
    let _ = end.recv(); // the sender lives as long as the process
    Ok(())
}
