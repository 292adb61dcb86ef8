//! What the server writes is written there.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, name: &mut String) -> Result<String, Self::Error>; //~ ERROR «&mut String»: what the server changes does not come back
}
