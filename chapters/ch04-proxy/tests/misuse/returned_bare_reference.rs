//! It does not even say that the call can fail.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self) -> &str; //~ ERROR «&str»: an answer is owned
}
