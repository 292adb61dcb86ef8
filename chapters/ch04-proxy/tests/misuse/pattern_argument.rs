//! An argument becomes a field, and a field has one name.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, (first, last): (String, String)) -> Result<String, Self::Error>; //~ ERROR «(first, last)»: an argument is a plain name
}
