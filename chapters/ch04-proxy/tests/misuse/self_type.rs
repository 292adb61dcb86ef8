//! On the client `Self` is the stub, on the server the service.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, other: Self) -> Result<String, Self::Error>; //~ ERROR «Self»: `Self` is another type on each end
}
