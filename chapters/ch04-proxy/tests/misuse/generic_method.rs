//! The server has to know the types before the call comes.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet<T>(&self, name: T) -> Result<String, Self::Error>; //~ ERROR «T»: a method takes no type parameters
}
