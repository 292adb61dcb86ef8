//! The stub could write it, and the skeleton could not read it.

use ch04_proxy::service;

#[derive(serde::Serialize)]
pub struct Name;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, name: Name) -> Result<String, Self::Error>; //~ ERROR «Name»: `Name` cannot travel //~ MORE
}
