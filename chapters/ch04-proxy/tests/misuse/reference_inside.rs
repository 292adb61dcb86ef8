//! The macro lends whole arguments. Inside of a type it cannot know what owns what.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    fn greet(&self, name: Option<&str>) -> Result<String, Self::Error>; //~ ERROR «&str»: only a whole argument can be borrowed
}
