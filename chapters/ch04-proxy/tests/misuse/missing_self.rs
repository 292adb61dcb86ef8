//! A stub is where the connection is; without it there is nothing to call through.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(name: &str) -> Result<String, Self::Error>; //~ ERROR «greet»: the method needs `&self`
}
