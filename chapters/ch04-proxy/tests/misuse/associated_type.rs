//! A second associated type would be another one on each end.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    type Name; //~ ERROR «type Name;»: a service has methods and `type Error`, nothing else
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
