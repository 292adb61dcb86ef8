//! All of it is said at once: options, trait and methods.

use ch04_proxy::service;

#[service(colour = "blue")] //~ ERROR «colour»: `colour` is no option of a service
pub trait Greeter<T> { //~ ERROR «T»: a service takes no type parameters
    type Error;
    fn greet(&mut self, name: &mut str) -> String; //~ ERROR «&mut self»: many callers //~ ERROR «&mut str»: does not come back //~ ERROR «String»: can always fail
    async fn part(&self, _: u64) -> Result<(), Self::Error>; //~ ERROR «async»: blocks its caller //~ ERROR «_»: needs a name
}
