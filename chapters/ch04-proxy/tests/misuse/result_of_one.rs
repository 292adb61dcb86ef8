//! `std::io::Result` has an error of its own.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, name: &str) -> std::io::Result<String>; //~ ERROR «std::io::Result<String>»: the method returns a `Result<…, Self::Error>`
}
