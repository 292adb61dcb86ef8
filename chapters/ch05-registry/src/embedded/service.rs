//! What the embedded registry offers, as a service like any other: chapter 4's own.

use ch04_proxy::service;
use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;
use crate::table::{Refusal, Seen, Update};

/// The registry's own interface. It is called as every other service is, so it can be listed and called by
/// chapter 4's tool `call`, too.
// ANCHOR: trait
#[service(name = "yrpc.Registry", version = "1.0", error = Refusal)]
pub trait RegistryService {
    /// Why it says no.
    type Error;

    /// Lists `endpoint` as a provider of `service`, for `ttl_ms` from now. `id` names the registration.
    fn register(&self, service: &str, id: &str, endpoint: &Endpoint, ttl_ms: u64) -> Result<(), Self::Error>;
    /// Begins the lease anew. `false`: there is none (any more).
    fn renew(&self, id: &str) -> Result<bool, Self::Error>;
    /// Ends the lease. `false`: there was none.
    fn deregister(&self, id: &str) -> Result<bool, Self::Error>;
    /// What is new in `service` since `seen`. Waits for it, for `wait_ms` at most.
    fn watch(&self, service: &str, seen: Seen, wait_ms: u64) -> Result<Answer, Self::Error>;
    /// Which services there are: the first [`MAX_OVERVIEW`] after `after`, by name.
    fn services(&self, after: &str) -> Result<Vec<Overview>, Self::Error>;
}
// ANCHOR_END: trait

/// How many services one [`RegistryService::services`] lists: 256.
pub const MAX_OVERVIEW: usize = 256;

/// The answer to a watch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// Something is new.
    News(Update),
    /// Nothing was new for as long as was asked.
    Nothing,
    /// More wait already than may. Come back.
    Busy {
        /// After so many milliseconds.
        after_ms: u64,
    },
}

/// One service in a list of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Its key.
    pub service: String,
    /// How many registrations it has.
    pub registrations: u64,
    /// How many callers wait for news of it, at this moment.
    pub waiting: u64,
}
