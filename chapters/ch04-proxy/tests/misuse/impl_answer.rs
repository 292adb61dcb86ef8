//! Bytes do not tell which type was hidden.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self) -> Result<impl ToString, Self::Error>; //~ ERROR «impl ToString»: a concrete type is needed
}
