//! A service is not used up by a call.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(self, name: &str) -> Result<String, Self::Error>; //~ ERROR «self»: a method takes `&self`: the service is still needed
}
