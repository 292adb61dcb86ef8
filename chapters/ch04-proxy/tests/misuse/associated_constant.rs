//! A constant is not fetched from anywhere.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    const VERSION: u32; //~ ERROR «const VERSION: u32;»: a service has methods and `type Error`, nothing else
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
