//! A stub sends every call, so this body would run on no client.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error> { //~ ERROR «{»: the body belongs into an `impl`
        Ok(name.to_owned())
    }
}
