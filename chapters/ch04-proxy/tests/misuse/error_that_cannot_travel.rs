//! An error crosses the network like any answer. However many methods there are, it is said here.

use ch04_proxy::service;

pub struct Name;

#[service(error = Name)] //~ ERROR «Name»: `Name` cannot travel //~ MORE
pub trait Greeter {
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
    fn part(&self) -> Result<(), Self::Error>;
}
