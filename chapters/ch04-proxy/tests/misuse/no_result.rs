//! A remote call can always fail, so a method that cannot is a lie.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, name: &str) -> String; //~ ERROR «String»: the method returns a `Result<…, Self::Error>`
}
