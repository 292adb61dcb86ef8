//! The other end cannot check a condition on this one.

use ch04_proxy::service;

#[service]
pub trait Greeter
where //~ ERROR: a service has no `where` clause
    Self: Send,
{
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
