//! In a frame a method is its name, whatever its arguments.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
    fn greet(&self, id: u64) -> Result<String, Self::Error>; //~ ERROR «greet»: `greet` is there already
}
