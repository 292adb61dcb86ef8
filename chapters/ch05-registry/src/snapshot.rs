//! Who provides a service, as a caller sees it at one moment.

use ch04_proxy::ServiceKey;

use crate::error::DiscoverError;
use crate::listing::Provider;

/// Who provides a service, at one moment. It never changes: the next one takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    service: ServiceKey,
    version: u64,
    providers: Vec<Provider>,
}

impl Snapshot {
    pub(crate) fn new(service: ServiceKey, version: u64, providers: Vec<Provider>) -> Self {
        Self { service, version, providers }
    }

    /// Whom it is about.
    pub fn service(&self) -> &ServiceKey {
        &self.service
    }

    /// How many snapshots came before it in this subscription. 0: the registry has not answered yet.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Everybody who may be called, by address; may be empty.
    pub fn providers(&self) -> &[Provider] {
        &self.providers
    }

    /// Everybody who may be called, if there is anybody.
    ///
    /// # Errors
    /// [`DiscoverError`]: nobody provides it, or nothing is known yet.
    // ANCHOR: require
    pub fn require(&self) -> Result<&[Provider], DiscoverError> {
        match (self.version, self.providers.as_slice()) {
            (0, _) => Err(DiscoverError::NotYetKnown { service: self.service.clone() }),
            (_, []) => Err(DiscoverError::NoProvider { service: self.service.clone() }),
            (_, providers) => Ok(providers),
        }
    }
    // ANCHOR_END: require
}
