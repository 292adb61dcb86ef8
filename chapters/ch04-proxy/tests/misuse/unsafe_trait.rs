//! A caller on another machine cannot keep a promise about memory on this one.

use ch04_proxy::service;

#[service]
pub unsafe trait Greeter { //~ ERROR «unsafe»: a service is not `unsafe`
    type Error;
    fn greet(&self, name: &str) -> Result<String, Self::Error>;
}
