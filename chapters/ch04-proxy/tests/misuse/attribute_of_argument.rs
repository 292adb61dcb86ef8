//! If a field is there on one end only, the other cannot read the rest.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, #[cfg(unix)] name: String) -> Result<String, Self::Error>; //~ ERROR «#[cfg(unix)]»: an argument has no attributes
}
