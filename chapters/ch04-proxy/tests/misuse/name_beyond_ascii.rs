//! A name ends in logs, addresses and other languages.

use ch04_proxy::service;

#[service]
pub trait Grüßer { //~ ERROR «Grüßer»: 'ü' cannot stand in a service's key
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
