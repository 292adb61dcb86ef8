//! The other end cannot check a condition on this one.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>
    where Self: Sized; //~ ERROR «where Self: Sized»: a method has no `where` clause
}
