//! Whether it changes is the business of the body, and there is none here.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, mut name: String) -> Result<String, Self::Error>; //~ ERROR «mut name»: an argument is a plain name
}
