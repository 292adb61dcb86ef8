//! Which of the two should it be?

use ch04_proxy::service;

#[service(version = "1.0", version = "2.0")] //~ ERROR «version»: `version` is said twice
pub trait Greeter {
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
