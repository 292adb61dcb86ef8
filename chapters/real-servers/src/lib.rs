//! # Real servers, for tests, demonstrations and measurements
//!
//! ```text
//!   RealServer::etcd() ─▶ Recipe ── a port of its own, a folder of its own ──▶ process ── ready? ──▶ address()
//!                                                                                 │
//!                     kill()  pause()  resume()  start_again()  drop ─────────────┘
//! ```
//!
//! A test of a registry against an imitation shows what its author believes about the registry. So the tests
//! run against the real thing, wherever it is installed, and say so where it is not:
//!
//! ```no_run
//! use real_servers::{RealServer, or_skip};
//!
//! let Some(mut etcd) = or_skip(RealServer::etcd()) else { return };
//! println!("etcd listens on {}", etcd.address());
//! etcd.kill(); // as `kill -9` does
//! etcd.start_again().unwrap(); // with the same address and data
//! ```
//!
//! - `server.rs`: one process, and what can be done to it.
//! - `recipe.rs`: how each kind is started; `probe.rs`: how it shows that it is ready.
//! - `port.rs`: where it listens, and why not on port 0.
//! - `signal.rs`: makes it stand still, and go on.
//! - `watchman.rs`: who ends a server whose program was killed.
#![forbid(unsafe_code)]

mod error;
mod port;
mod probe;
mod recipe;
mod server;
#[cfg(unix)]
mod signal;
mod watchman;

pub use error::{StartError, or_skip};
pub use recipe::Kind;
pub use server::{READY_WITHIN, RealServer};
