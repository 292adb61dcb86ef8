//! What arrives on another machine is owned there.

use ch04_proxy::service;

#[service]
pub trait Greeter<'a> { //~ ERROR «'a»: a service takes no lifetimes
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
