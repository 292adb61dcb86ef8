//! The server owns what the caller lends, and `Cow` asks for `Clone`.

use ch04_proxy::service;

#[derive(serde::Serialize, serde::Deserialize)]
pub struct Name;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, name: &Name) -> Result<String, Self::Error>; //~ ERROR «Name»: `Name: Clone` is not satisfied //~ MORE
}
