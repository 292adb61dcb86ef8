//! # Chapter 5: registry and discovery
//!
//! Callers know a name, not an address. Servers come, go and crash, and callers notice. Between them stands a
//! registry: it keeps a list for each name, and every entry in it ends by itself unless its provider says
//! again and again that it lives.
//!
//! ```text
//!   provider                        registry                          caller
//!   Published ─ register ─▶ lease ─▶ OrderService                     stub ─▶ Named ─▶ 127.0.0.1:7051
//!        │      renew ────▶   │       127.0.0.1:7051 ◀─ watch ─ follower      ▲   └──▶ 127.0.0.1:7052
//!        └ kill -9            │       127.0.0.1:7052              │           │
//!                             └ over: out of the list             └▶ Cache ─▶ Snapshot
//! ```
//!
//! ## The story
//!
//! - [`registry`] is the seam for programs: register gives a guard, subscribe gives a list that is always there.
//! - [`endpoint`] is where a service can be called, [`listing`] what a registry says about one service,
//!   [`snapshot`] what a caller sees of it, and [`subscription`] how it is read: without a lock, and without
//!   waiting, or waiting for the next one.
//! - What is decided is decided without I/O: [`table`] (leases with deadlines) and [`changes`] (what is new since)
//!   in the registry; [`agenda`] (what to register, renew, take back, and when to try again), [`cache`] (a list
//!   that outlives the registry), [`debounce`] (a storm becomes a few lists) and [`backoff`] in its clients.
//! - [`backend`] is the seam for registries, and [`client`] drives any of them: one thread keeps what is
//!   registered, one follows each service.
//! - [`embedded`] is a registry of our own, spoken to over chapter 4's RPC. Behind Cargo features stand
//!   ZooKeeper (`zookeeper`), etcd (`etcd`), Redis (`redis`) and Consul (`consul`). [`conformance`] is what all
//!   of them, and yours, have to keep. [`address`] names one of them in a line; [`url`] writes a provider as
//!   Dubbo does.
//! - [`registration`] is the guard of an entry, [`published`] a server that enters itself when it is ready and
//!   leaves before it stops, [`named`] a call by name.
//!
//! ## By name
//!
//! ```
//! use std::net::TcpListener;
//! use std::sync::Arc;
//! use std::time::Duration;
//! use ch03_codec::shop::Shop;
//! use ch04_proxy::Server;
//! use ch04_proxy::orders::{OrderService, OrderServiceStub, order_service_skeleton};
//! use ch05_registry::embedded::{DEFAULT_TTL, Embedded, EmbeddedRegistry, RegistryOptions};
//! use ch05_registry::{ClientOptions, Named, Published, Registry, RegistryClient};
//!
//! let port = || TcpListener::bind("127.0.0.1:0");
//! let registry = EmbeddedRegistry::start(port()?, RegistryOptions::default())?;
//! let client = RegistryClient::new(Embedded::new(registry.address(), DEFAULT_TTL), ClientOptions::default());
//!
//! // The caller may come first.
//! let subscription = client.subscribe(&OrderServiceStub::key())?;
//!
//! let shop = Server::builder().service(order_service_skeleton(Arc::new(Shop::default())));
//! let published = Published::start(&client, shop, port()?, Default::default(), |_address| Ok(()))?;
//! published.registrations()[0].wait_listed(Duration::from_secs(10))?;
//!
//! let mut version = 0;
//! while subscription.snapshot().require().is_err() {
//!     version = subscription.wait_newer(version, Duration::from_secs(10)).expect("it is listed").version();
//! }
//! let orders = OrderServiceStub::new(Arc::new(Named::new(subscription, Default::default())));
//! assert_eq!(orders.say_hello("world")?, "Hello world");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## The pain that is left
//!
//! The list says who is there, and not whom to choose. One provider is slow, one is in another room, one has
//! crashed and its lease has not ended yet. Chapter 6 chooses.
#![forbid(unsafe_code)]

pub mod address;
pub mod agenda;
pub mod backend;
pub mod backoff;
pub mod cache;
pub mod changes;
pub mod client;
pub mod conformance;
#[cfg(feature = "consul")]
pub mod consul;
pub mod debounce;
pub mod embedded;
pub mod endpoint;
pub mod error;
#[cfg(feature = "etcd")]
pub mod etcd;
mod follower;
#[cfg(any(feature = "etcd", feature = "consul"))]
mod http;
pub mod listing;
pub mod named;
pub mod published;
#[cfg(feature = "redis")]
pub mod redis;
pub mod registration;
pub mod registry;
pub mod snapshot;
#[cfg(any(feature = "etcd", feature = "redis", feature = "consul"))]
mod stored;
pub mod subscription;
pub mod table;
pub mod url;
#[cfg(feature = "zookeeper")]
pub mod zookeeper;

pub use address::RegistryAddress;
pub use backend::Backend;
pub use client::{ClientOptions, RegistryClient};
pub use endpoint::Endpoint;
pub use error::{DiscoverError, RegistryError};
pub use listing::{Entry, Listing, Provider};
pub use named::Named;
pub use published::{PublishOptions, Published};
pub use registration::Registration;
pub use registry::Registry;
pub use snapshot::Snapshot;
pub use subscription::{Standing, Subscription};
