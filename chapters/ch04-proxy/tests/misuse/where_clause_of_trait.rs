//! The other end cannot check a condition on this one.

use ch04_proxy::service;

#[service]
pub trait Greeter
where Self: Send, //~ ERROR «where Self: Send,»: a service has no `where` clause
{
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
