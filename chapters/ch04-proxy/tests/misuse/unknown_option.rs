//! A word that is misspelt would be ignored otherwise.

use ch04_proxy::service;

#[service(verison = "1.0")] //~ ERROR «verison»: `verison` is no option of a service
pub trait Greeter {
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
