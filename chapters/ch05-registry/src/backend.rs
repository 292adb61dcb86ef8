//! What one registry is asked to do, and how: the part that differs between them.

use std::time::Duration;

use ch04_proxy::ServiceKey;

use crate::endpoint::Endpoint;
use crate::error::RegistryError;
use crate::listing::Listing;

/// A registration as it is handed to a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What is provided.
    pub service: ServiceKey,
    /// Where.
    pub endpoint: Endpoint,
    /// Chosen at random by the client, 16 hexadecimal digits: tells this registration from others of the same
    /// endpoint. A second attempt of one registration has it, too.
    pub id: String,
}

/// Whether a lease is still one.
// ANCHOR: renewal
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    /// It goes on for another TTL.
    Kept,
    /// The registry does not know it: it has expired, or the registry has lost its memory. Register again.
    Gone,
}
// ANCHOR_END: renewal

/// A registry's own way to do the six things that [`RegistryClient`](crate::RegistryClient) needs. All of them block, for a
/// bounded time, and none tries again: that is the client's part. Called from several threads at once.
///
/// ```text
///   Registry        what programs use           register, subscribe
///      │
///   RegistryClient  the same for all            agenda, renewals, retries, cache, debounce
///      │
///   Backend         one per kind of registry    these calls, and nothing remembered but a connection
/// ```
// ANCHOR: trait
pub trait Backend: std::fmt::Debug + Send + Sync + 'static {
    /// What it gave for a registration, and wants to see again.
    type Lease: Clone + Send + 'static;
    /// One service that is followed.
    type Watch: Watch;

    /// Where it is, for messages: `zookeeper 127.0.0.1:2181`.
    fn name(&self) -> String;
    /// How often leases are renewed: a third of their TTL, so that one renewal may be lost and the next be
    /// late.
    fn renew_every(&self) -> Duration;
    // ANCHOR: calls
    /// Lists `offer`. It stays for one TTL, or for as long as a session does.
    ///
    /// # Errors
    /// [`RegistryError::Unreachable`] and [`RegistryError::Refused`]; so for all of them.
    fn register(&self, offer: &Offer) -> Result<Self::Lease, RegistryError>;
    /// Says that the provider lives. [R-02] [H-01]
    ///
    /// # Errors
    /// As above.
    fn renew(&self, lease: &Self::Lease) -> Result<Renewal, RegistryError>;
    /// Takes it from the list, now. A lease that is gone already is no error.
    ///
    /// # Errors
    /// As above.
    fn deregister(&self, lease: &Self::Lease) -> Result<(), RegistryError>;
    /// Begins to follow `service`.
    ///
    /// # Errors
    /// As above.
    fn watch(&self, service: &ServiceKey) -> Result<Self::Watch, RegistryError>;
    // ANCHOR_END: calls
}

// ANCHOR: watch
/// Follows one service.
pub trait Watch: Send {
    /// The whole list as it is now: at once the first time, afterwards when it is another than the last one
    /// given. `None` when nothing has changed within about `limit`, which keeps the waiting bounded.
    ///
    /// No change is lost, but several may come as one. [R-06]
    ///
    /// # Errors
    /// When the registry cannot be followed any more. The client begins a new watch, which begins with the
    /// whole list.
    fn next(&mut self, limit: Duration) -> Result<Option<Listing>, RegistryError>;
}
// ANCHOR_END: watch
// ANCHOR_END: trait
