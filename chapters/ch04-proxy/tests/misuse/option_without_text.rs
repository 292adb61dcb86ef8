//! A name is a text.

use ch04_proxy::service;

#[service(name = Greeter)] //~ ERROR «Greeter»: expected string literal
pub trait Greeter {
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
