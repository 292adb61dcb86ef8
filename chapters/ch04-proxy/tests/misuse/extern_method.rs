//! An ABI says which registers hold the arguments; ours are in a frame.

use ch04_proxy::service;

#[service]
pub trait Greeter {
    type Error;
    extern "C" fn greet(&self, name: &str) -> Result<String, Self::Error>; //~ ERROR «extern "C"»: leave `extern` out
}
