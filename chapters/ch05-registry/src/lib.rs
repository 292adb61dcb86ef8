//! # Chapter 5: registry and discovery
#![forbid(unsafe_code)]

pub mod address;
pub mod agenda;
pub mod backend;
pub mod backoff;
pub mod cache;
pub mod changes;
pub mod client;
pub mod conformance;
pub mod debounce;
pub mod embedded;
pub mod endpoint;
pub mod error;
mod follower;
pub mod listing;
pub mod named;
pub mod published;
pub mod registration;
pub mod registry;
pub mod snapshot;
pub mod subscription;
pub mod table;
pub mod url;

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
