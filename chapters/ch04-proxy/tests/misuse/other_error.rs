//! A fixed error has no room for a lost connection; `Self::Error` is the stub's own on a client.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, name: &str) -> Result<String, String>; //~ ERROR «String»: the method returns a `Result<…, Self::Error>`
}
