//! A registry of our own: the default. A server in any process, spoken to over chapter 4's RPC.
//!
//! It is one process: while it is away, nothing can be registered, and callers go on with what they have.
//! Whoever needs a registry that survives the loss of a machine takes ZooKeeper or etcd.

pub mod disk;
pub mod hub;
pub mod remote;
pub mod server;
pub mod service;

pub use hub::Hub;
pub use remote::{DEFAULT_TTL, Embedded};
pub use server::{EmbeddedRegistry, RegistryOptions};
