//! What cannot be called from another machine. This file does not compile, and that is its purpose.

// ANCHOR: wish
use ch04_proxy::service;

#[service]
pub trait Stock {
    type Error;
    fn count<T>(&self, of: T) -> Result<u64, Self::Error>;
    fn take(&mut self, item: &str) -> Result<u64, Self::Error>;
    async fn wait_for(&self, item: &str) -> Result<(), Self::Error>;
    fn shelves() -> Vec<String>;
}
// ANCHOR_END: wish
