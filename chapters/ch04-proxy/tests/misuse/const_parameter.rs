//! A number in a type is chosen on one end, too.

use ch04_proxy::service;

#[service]
pub trait Greeter<const N: usize> { //~ ERROR «const N: usize»: a service takes no type parameters
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
