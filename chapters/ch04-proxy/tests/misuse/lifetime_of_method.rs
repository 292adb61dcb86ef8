//! Nothing that a method gets outlives the call, so there is nothing to name.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet<'a>(&self, name: &str) -> Result<String, Self::Error>; //~ ERROR «'a»: a method takes no lifetimes
}
