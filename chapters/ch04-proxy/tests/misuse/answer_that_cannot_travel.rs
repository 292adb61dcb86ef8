//! Without serde nobody can make bytes of it.

use ch04_proxy::service;

pub struct Name;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self) -> Result<Name, Self::Error>; //~ ERROR «Name»: `Name` cannot travel //~ MORE
}
