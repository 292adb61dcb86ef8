//! The error of a service is one type.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error<T>; //~ ERROR «T»: takes no type parameters
    fn greet(&self) -> Result<String, String>; //~ ERROR «String»: the method returns
}
