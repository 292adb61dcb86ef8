//! The other end has to know what it will read, and a type parameter is chosen on this one.

use ch04_proxy::service;

#[service]
pub trait Greeter<T> { //~ ERROR «T»: a service takes no type parameters
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
