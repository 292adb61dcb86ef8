//! This chapter's stubs block; chapter 8 has stubs that do not.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    async fn greet(&self, name: &str) -> Result<String, Self::Error>; //~ ERROR «async»: a stub of this chapter blocks its caller
}
