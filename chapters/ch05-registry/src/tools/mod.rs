//! Programs of their own: a registry, a provider, and callers, to be started in several terminals.

pub mod call;
pub mod follow;
#[cfg(feature = "lateness")]
pub mod lateness;
pub mod provide;
pub mod registry;

use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use ch04_proxy::ServiceKey;
use ch05_registry::{ClientOptions, Registry, RegistryAddress};
use demo_kit::Failure;

/// Reads a registry's address from the command line.
pub fn registry_address(text: &str) -> Result<RegistryAddress, String> {
    RegistryAddress::parse(text).map_err(|error| error.to_string())
}

/// Reads a service's key from the command line.
pub fn service_key(text: &str) -> Result<ServiceKey, String> {
    ServiceKey::parse(text).map_err(|error| error.to_string())
}

/// Reads `NAME=VALUE` from the command line.
pub fn label(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| format!("{text:?} is not NAME=VALUE"))?;
    Ok((name.to_owned(), value.to_owned()))
}

/// A client of the registry at `address`.
fn connect(address: &RegistryAddress) -> Result<Arc<dyn Registry>, Failure> {
    Ok(address.connect(ClientOptions::default())?)
}

/// Something that happened, on a line of its own that is there at once, also in a pipe.
fn tell(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// Gets a word when somebody presses Ctrl-C, or asks the process to end.
fn ctrl_c() -> Result<Receiver<()>, Failure> {
    let (sender, receiver) = channel();
    // Who presses it twice means the same.
    ctrlc::set_handler(move || _ = sender.send(()))?;
    Ok(receiver)
}
