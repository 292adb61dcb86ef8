//! An argument becomes a field, and a field has a name.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, _: String) -> Result<String, Self::Error>; //~ ERROR «_»: an argument needs a name
}
