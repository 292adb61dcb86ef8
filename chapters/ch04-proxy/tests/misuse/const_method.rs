//! There is no network while the compiler runs.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    const fn greet(&self, name: &str) -> Result<String, Self::Error>; //~ ERROR «const»: leave `const` out
}
