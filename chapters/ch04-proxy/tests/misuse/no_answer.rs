//! Also a method that returns nothing can fail: `Result<(), Self::Error>`.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, name: &str); //~ ERROR «greet»: the method returns a `Result<…, Self::Error>`
}
