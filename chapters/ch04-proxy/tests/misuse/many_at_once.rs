//! All of it is said at once: options, trait and methods.

use ch04_proxy::service;

#[service(colour = "blue")] //~ ERROR: `colour` is no option of a service
pub trait Greeter<T> { //~ ERROR: a service takes no type parameters
    type Error;
    fn greet(&mut self, name: &mut str) -> String; //~ ERROR: many callers //~ ERROR: does not come back //~ ERROR: can always fail
    async fn part(&self, _: u64) -> Result<(), Self::Error>; //~ ERROR: blocks its caller //~ ERROR: needs a name
}
