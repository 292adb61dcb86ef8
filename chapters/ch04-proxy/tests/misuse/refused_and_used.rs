//! A trait that was refused is still there, so the code that uses it is not blamed as well.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    async fn greet(&self, name: &str) -> Result<String, Self::Error>; //~ ERROR «async»: blocks its caller
}

pub struct Polite;

impl Greeter for Polite {
    type Error = String;

    async fn greet(&self, name: &str) -> Result<String, String> {
        Ok(format!("Good evening, {name}"))
    }
}
