//! A version that is empty is none.

use ch04_proxy::service;

#[service(version = "")] //~ ERROR «""»: an empty text says nothing
pub trait Greeter {
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
