//! A method whose name has nothing to call its request by.
use ch04_proxy::service;

#[service]
pub trait Lines {
    type Error;
    fn __(&self) -> Result<u8, Self::Error>; //~ ERROR «__»: not only `_`
}
