//! The arguments of `stub` would be a struct called `GreeterStub`, which there is.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn stub(&self) -> Result<String, Self::Error>; //~ ERROR «stub»: would have a request called `GreeterStub`
}
