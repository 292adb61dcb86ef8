//! A service of one method, whole: the contract, the server, the caller.

use std::sync::Arc;

use ch04_proxy::{NoError, Server, service};

// ANCHOR: contract
/// Greets.
#[service]
pub trait Greeter {
    /// What can go wrong.
    type Error;
    /// `"world"` gives `"Hello world"`.
    fn say_hello(&self, name: &str) -> Result<String, Self::Error>;
}
// ANCHOR_END: contract

// ANCHOR: program
struct English;

impl Greeter for English {
    type Error = NoError;

    fn say_hello(&self, name: &str) -> Result<String, NoError> {
        Ok(format!("Hello {name}"))
    }
}

fn main() {
    let skeleton = greeter_skeleton(Arc::new(English));
    let server = Server::builder().service(skeleton).build().expect("one service");
    let greeter = GreeterStub::new(server);
    println!("{}", greeter.say_hello("world").expect("nothing can go wrong in here"));
}
// ANCHOR_END: program
