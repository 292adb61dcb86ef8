//! Each method gets a struct for its arguments, and these two the same.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn say_hello(&self) -> Result<String, Self::Error>;
    fn say__hello(&self) -> Result<String, Self::Error>; //~ ERROR «say__hello»: would both have a request called `GreeterSayHello`
}
