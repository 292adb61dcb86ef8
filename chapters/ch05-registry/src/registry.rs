//! The seam of chapter 5: everything that knows who provides what.

use ch04_proxy::ServiceKey;

use crate::endpoint::Endpoint;
use crate::error::RegistryError;
use crate::registration::Registration;
use crate::subscription::Subscription;

/// Knows who provides what. [R-01] [R-03]
///
/// ```text
///   provider ── register ──▶ Registration   in the list, as long as the guard lives and its process does
///   caller ─── subscribe ──▶ Subscription   the list as it is now, and a way to wait for the next
/// ```
///
/// Both come back at once, also when the registry cannot be reached: who is started first does not matter, and
/// a registry that is away for a while costs nobody a call. [F-12]
// ANCHOR: trait
pub trait Registry: Send + Sync {
    /// Enters `endpoint` as a provider of `service`, and keeps it entered until the guard is dropped.
    ///
    /// # Errors
    /// [`RegistryError::TooMany`].
    fn register(&self, service: &ServiceKey, endpoint: Endpoint) -> Result<Registration, RegistryError>;

    /// Follows who provides `service`.
    ///
    /// # Errors
    /// [`RegistryError::TooMany`].
    fn subscribe(&self, service: &ServiceKey) -> Result<Subscription, RegistryError>;
}
// ANCHOR_END: trait
