//! An error arrives from another machine.

use ch04_proxy::service;

#[service(error = &'static str)] //~ ERROR «&'static str»: an error is owned
pub trait Greeter {
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
