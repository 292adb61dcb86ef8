//! A caller on another machine cannot keep a promise about memory on this one.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    unsafe fn greet(&self, name: &str) -> Result<String, Self::Error>; //~ ERROR «unsafe»: leave `unsafe` out
}
