//! A stub holds no box of the service.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(self: Box<Self>, name: &str) -> Result<String, Self::Error>; //~ ERROR «self: Box<Self>»: a method takes plain `&self`
}
