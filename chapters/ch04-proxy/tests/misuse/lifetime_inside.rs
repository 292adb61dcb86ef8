//! A type with a lifetime borrows, too.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, name: std::borrow::Cow<'_, str>) -> Result<String, Self::Error>; //~ ERROR «'_»: only a whole argument can be borrowed
}
