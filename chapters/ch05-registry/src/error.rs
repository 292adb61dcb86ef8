//! What can go wrong between a program and its registry, and between a caller and a name.

use std::time::Duration;

use ch04_proxy::ServiceKey;

/// Why a registry did not do what it was asked.
///
/// None of them ends a registration or a subscription: whoever holds one keeps it, and the client tries again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegistryError {
    /// Nobody answers, or the connection broke. Nothing is known about whether it was done.
    #[error("the registry {registry} cannot be reached: {why}")]
    Unreachable {
        /// Where it should be.
        registry: String,
        /// What came instead.
        why: String,
    },
    /// It answered, and said no.
    #[error("the registry {registry} refuses: {}", why.escape_debug())]
    Refused {
        /// Where it is.
        registry: String,
        /// Its reason.
        why: String,
    },
    /// The operating system gives no thread that would keep or follow anything.
    #[error("no thread for the registry: {why}")]
    NoThread {
        /// What it said.
        why: String,
    },
    /// It holds, or said, what nobody here understands.
    #[error("the registry holds {what}, which is no entry: {why}")]
    Malformed {
        /// What was read.
        what: String,
        /// Why it is none.
        why: String,
    },
    /// It has not happened within the time that the caller gave it. It may still.
    #[error("{what} has not happened within {waited:?}{}", last.as_deref().map(|why| format!("; last: {why}")).unwrap_or_default())]
    TimedOut {
        /// What was waited for.
        what: &'static str,
        /// For how long.
        waited: Duration,
        /// What went wrong on the way, if something did.
        last: Option<String>,
    },
    /// A bound of this client.
    #[error("this client already has {limit} {what}, its limit")]
    TooMany {
        /// Registrations or subscriptions.
        what: &'static str,
        /// How many it may have.
        limit: usize,
    },
}

/// Why there is nobody to call under a name, for now. The subscription goes on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DiscoverError {
    /// The registry has not answered yet.
    #[error("not known yet who provides {service}")]
    NotYetKnown {
        /// Who is looked for.
        service: ServiceKey,
    },
    /// The registry has answered: nobody.
    #[error("nobody provides {service}")]
    NoProvider {
        /// Who is looked for.
        service: ServiceKey,
    },
}
