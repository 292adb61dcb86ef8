//! `impl Trait` is a type parameter without a name.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, name: impl ToString) -> Result<String, Self::Error>; //~ ERROR «impl ToString»: a concrete type is needed
}
