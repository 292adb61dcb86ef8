//! The one thing in which near and far differ is the error, so it must have a name.

use ch04_proxy::service;

#[service]
pub trait Greeter { //~ ERROR «Greeter»: the trait needs `type Error;`
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
