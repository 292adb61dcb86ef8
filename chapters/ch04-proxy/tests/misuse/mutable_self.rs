//! Many callers call at once.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&mut self, name: &str) -> Result<String, Self::Error>; //~ ERROR «&mut self»: a method takes `&self`: many callers
}
