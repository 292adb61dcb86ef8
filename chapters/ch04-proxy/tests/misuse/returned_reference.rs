//! An answer is made of bytes that have arrived; nobody holds what it could point to.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self) -> Result<&str, Self::Error>; //~ ERROR «&str»: an answer is owned
}
