//! What arrives was not there when the program started.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, name: &'static str) -> Result<String, Self::Error>; //~ ERROR «'static»: leave the lifetime out
}
