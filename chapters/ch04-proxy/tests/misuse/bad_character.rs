//! `/` and `:` separate the parts of a key.

use ch04_proxy::service;

#[service(name = "shop/Greeter")] //~ ERROR «"shop/Greeter"»: '/' cannot stand in a service's key
pub trait Greeter {
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
